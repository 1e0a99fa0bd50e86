using System.Diagnostics;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Storage;

namespace ResizeImage;

/// <summary>Does what one record of an event asks for.</summary>
internal sealed class RecordHandler(ObjectAccess access, Settings settings, IThumbnailer thumbnailer)
{
    private readonly RefusalReports _reports = new(access, settings);

    /// <summary>Does the records of an event, one after the other.</summary>
    /// <returns>A result for each record.</returns>
    /// <exception cref="ThumbnailsFailedException">Records failed for reasons that may pass; the others are done.</exception>
    public async Task<ThumbnailReport> HandleAllAsync(IEnumerable<ObjectChange> changes, InvocationLog log, CancellationToken cancellationToken)
    {
        List<RecordResult> results = [];
        foreach (ObjectChange change in changes)
        {
            results.Add(await HandleAsync(change, log, cancellationToken));
        }

        if (results.Count == 0)
        {
            log.Information("the event has no records (S3 sends such a test event when notifications are configured)");
        }

        ThumbnailReport report = new(results);
        return results.Any(result => result.Status == RecordStatus.Failed) ? throw new ThumbnailsFailedException(report) : report;
    }

    /// <summary>Never throws: what goes wrong is in the result, and in the log.</summary>
    public async Task<RecordResult> HandleAsync(ObjectChange change, InvocationLog log, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        RecordResult result = await FinishAsync(change, log, cancellationToken);
        result = result with { Milliseconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1) };
        log.Write(result);
        return result;
    }

    private async Task<RecordResult> FinishAsync(ObjectChange change, InvocationLog log, CancellationToken cancellationToken)
    {
        if (change.Location is not { } photo)
        {
            return new RecordResult
            {
                Status = RecordStatus.Rejected,
                Reason = "The record names no S3 object. The handler FunctionHandler takes notifications from S3 itself; HandleEvent takes those wrapped by other services, too.",
            };
        }

        if (ReasonToSkip(change, photo.Key) is { } reason)
        {
            return new RecordResult { Status = RecordStatus.Skipped, Source = photo.ToString(), Reason = reason };
        }

        ThumbnailUpdate update = new(access, settings, thumbnailer, photo, change);
        RecordResult result = await RunAsync(update, log, cancellationToken);
        result = result with { Stages = update.Stages };
        return result.Status == RecordStatus.Rejected && !update.IsGone ? await ReportAsync(photo, update.ETag, result, cancellationToken) : result;
    }

    private static async Task<RecordResult> RunAsync(ThumbnailUpdate update, InvocationLog log, CancellationToken cancellationToken)
    {
        try
        {
            await update.RunAsync(cancellationToken);
            return update.Result;
        }
        catch (ImageLimitException exception) when (exception.Limit is { } limit)
        {
            return update.Result with
            {
                Status = RecordStatus.Rejected,
                Reason = $"{exception.Message} Put a smaller picture, or raise the limit by the environment variable {Settings.VariableOf(limit)}.",
            };
        }
        catch (ImageException exception)
        {
            return update.Result with { Status = RecordStatus.Rejected, Reason = exception.Message };
        }
        catch (StorageException exception)
        {
            return update.Result with { Status = exception.IsPermanent ? RecordStatus.Rejected : RecordStatus.Failed, Reason = exception.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return update.Result with
            {
                Status = RecordStatus.Failed,
                Reason = "The time of the invocation ran out. Raise the function's timeout if this happens often.",
            };
        }
        catch (Exception exception)
        {
            // A mistake in this program: it must not keep the other records from being done.
            log.Error(exception, "unexpected exception");
            return update.Result with { Status = RecordStatus.Failed, Reason = $"Unexpected {exception.GetType().Name}: {exception.Message}" };
        }
    }

    private async Task<RecordResult> ReportAsync(ObjectLocation photo, string? etag, RecordResult result, CancellationToken cancellationToken)
    {
        try
        {
            await _reports.WriteAsync(photo, etag, result, cancellationToken);
            return result;
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            // Without its report nobody would learn of it: let it be tried again.
            return result with { Status = RecordStatus.Failed, Reason = $"{result.Reason} The report of this is missing: {exception.Message}" };
        }
    }

    private string? ReasonToSkip(ObjectChange change, string key) => change.Kind switch
    {
        ChangeKind.Other => $"The event is \"{change.Name}\"; thumbnails are made on ObjectCreated events, and deleted on ObjectRemoved events.",
        _ when !key.StartsWith(settings.InputPrefix, StringComparison.Ordinal) => $"The key does not begin with INPUT_PREFIX \"{settings.InputPrefix}\".",
        _ when key.EndsWith('/') => "The object is a folder marker.",
        ChangeKind.Removed when !settings.DeleteThumbnails => $"The photo was deleted; {Settings.DeleteThumbnailsVariable} is false.",
        _ => null,
    };
}
