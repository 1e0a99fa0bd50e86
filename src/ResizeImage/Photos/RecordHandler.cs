using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>Processes the photos that the records of an event name.</summary>
internal sealed class RecordHandler(ObjectAccess access, Settings settings, IThumbnailer thumbnailer)
{
    private readonly RefusalReports _reports = new(access, settings);
    private readonly MemoryReturn _memory = new(settings.FunctionMemory);

    /// <summary>Processes the records of an event, one after the other.</summary>
    /// <returns>A result for each record.</returns>
    /// <exception cref="ThumbnailsFailedException">Records failed for reasons that may pass; the others are processed.</exception>
    public async Task<ThumbnailReport> HandleAllAsync(IReadOnlyList<ObjectChange> changes, InvocationLog log, InvocationTime time)
    {
        List<RecordResult> results = [];
        for (int i = 0; i < changes.Count; i++)
        {
            using PhotoTime share = time.ForPhoto(othersWait: i + 1 < changes.Count);
            results.Add(await HandleAsync(changes[i], log, share));
        }

        if (results.Count == 0)
        {
            log.Information("the event has no records (S3 sends such a test event when notifications are configured)");
        }

        ThumbnailReport report = new(results);
        return results.Any(result => result.Status == RecordStatus.Failed) ? throw new ThumbnailsFailedException(report) : report;
    }

    /// <summary>Processes one record. It never throws: the result and the log have the failure.</summary>
    public async Task<RecordResult> HandleAsync(ObjectChange change, InvocationLog log, PhotoTime time)
    {
        long start = time.Clock.GetTimestamp();
        RecordResult result = await ProcessAsync(change, log, time);
        result = result with { Milliseconds = Math.Round(time.Clock.GetElapsedTime(start).TotalMilliseconds, 1) };
        log.Write(result);
        _memory.AfterPhoto();
        return result;
    }

    /// <summary>Brings the one thumbnail that a request asks for up to date. It never throws. The caller logs the result.</summary>
    public async Task<UpdateOutcome> UpdateAsync(ThumbnailLocations thumbnail, InvocationLog log, PhotoTime time)
    {
        // The caller has looked under one of its names only.
        ObjectChange change = new("request", thumbnail.Photo, ChangeKind.Created) { IsLikelyRepeat = thumbnail.HaveSeveralNames };
        UpdateOutcome outcome = await UpdateAsync(thumbnail.Photo, PhotoThumbnails.OfRequest(thumbnail), change, log, time);
        _memory.AfterPhoto();
        return outcome;
    }

    private async Task<RecordResult> ProcessAsync(ObjectChange change, InvocationLog log, PhotoTime time)
    {
        if (change.Location is not { } photo)
        {
            return new RecordResult
            {
                // Not rejected: with the wrong handler or trigger every photo would be lost, and the invocations would succeed.
                Status = RecordStatus.Failed,
                Reason = "The record names no S3 object. The handler FunctionHandler accepts notifications that come from S3 itself; HandleEvent accepts those of other services, too.",
            };
        }

        if (BucketName.OtherKind(photo.Bucket) is { } kind)
        {
            return new RecordResult
            {
                Status = RecordStatus.Rejected,
                Source = photo.ToString(),
                Reason = $"The event names {kind} instead of a bucket, so that the function cannot know whether a thumbnail would trigger it again. Use the bucket itself.",
            };
        }

        if (ReasonToSkip(change, photo.Key) is { } reason)
        {
            return new RecordResult { Status = RecordStatus.Skipped, Source = photo.ToString(), Reason = reason };
        }

        if (time.Token.IsCancellationRequested)
        {
            return new RecordResult
            {
                Status = RecordStatus.Failed,
                Source = photo.ToString(),
                Reason = "The time of the invocation ran out before the photo was reached.",
            };
        }

        return (await UpdateAsync(photo, PhotoThumbnails.OfEvent(access, settings, photo), change, log, time)).Result;
    }

    private async Task<UpdateOutcome> UpdateAsync(ObjectLocation photo, PhotoThumbnails thumbnails, ObjectChange change, InvocationLog log, PhotoTime time)
    {
        UpdateOutcome outcome = await new ThumbnailUpdate(access, settings, thumbnailer, photo, thumbnails, change, time).RunAsync(log);
        return outcome.Result.Status == RecordStatus.Rejected && !outcome.IsGone
            ? outcome with { Result = await ReportAsync(photo, outcome, time) }
            : outcome;
    }

    private async Task<RecordResult> ReportAsync(ObjectLocation photo, UpdateOutcome outcome, PhotoTime time)
    {
        try
        {
            await _reports.WriteAsync(photo, outcome.ETag, outcome.Result, time.Clock.GetUtcNow(), time.Afterwards);
            return outcome.Result;
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            // Without its report the refusal would go unnoticed: fail, so that Lambda retries it.
            return outcome.Result with { Status = RecordStatus.Failed, Reason = $"{outcome.Result.Reason} The report of this is missing: {exception.Message}" };
        }
    }

    private string? ReasonToSkip(ObjectChange change, string key) => change.Kind switch
    {
        ChangeKind.Other => $"The event is \"{change.Name}\"; thumbnails are made on ObjectCreated and ObjectRestore:Completed events, and deleted on ObjectRemoved and LifecycleExpiration events.",
        _ when !key.StartsWith(settings.InputPrefix, StringComparison.Ordinal) => $"The key does not begin with INPUT_PREFIX \"{settings.InputPrefix}\".",
        _ when key.EndsWith('/') => "The object is a folder marker.",
        ChangeKind.Removed when settings.DeleteOriginal => $"The photo was deleted; {SettingVariables.DeleteOriginal} is true, so its thumbnails stay.",
        ChangeKind.Removed when !settings.DeleteThumbnails => $"The photo was deleted; {SettingVariables.DeleteThumbnails} is false.",
        _ => null,
    };
}
