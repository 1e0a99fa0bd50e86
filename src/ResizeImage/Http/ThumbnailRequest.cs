using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Http;

/// <summary>
/// Answers one request for a thumbnail that the settings name: with the stored one if it is up to date, otherwise with one that it makes and
/// stores. Requests for the same missing thumbnail at the same time make and store the same bytes.
/// </summary>
internal sealed class ThumbnailRequest(
    ObjectAccess access, Settings settings, RecordHandler records, HttpRequest request, RequestedThumbnail wanted, InvocationLog log, PhotoTime time)
{
    /// <summary>The second one finds a thumbnail that another invocation stored meanwhile.</summary>
    private const int MaxRounds = 2;

    private readonly StageClock _clock = new(time.Clock);

    private ObjectLocation Photo => wanted.Thumbnail.Photo;

    /// <summary>Answers it. Call it once. It never throws.</summary>
    public async Task<RequestOutcome> AnswerAsync()
    {
        RequestOutcome outcome;
        try
        {
            outcome = await TryAsync();
        }
        catch (Exception exception)
        {
            outcome = new RequestOutcome(Refusals.Unavailable(), FailureResults.Of(Known(RecordStatus.Failed, null), exception, time, log));
        }

        return outcome with { Result = outcome.Result with { Stages = _clock.Times.Plus(outcome.Result.Stages) } };
    }

    private async Task<RequestOutcome> TryAsync()
    {
        // The tag follows from the photo alone: one HEAD request answers whoever has the thumbnail.
        if (EntityTag.ListsTags(request.IfNoneMatch)
            && await _clock.TimeAsync(Stage.Probe, () => access.Probe.ETagAsync(Photo, time.Token)) is { } current
            && EntityTag.Of(wanted.Thumbnail.Origin(current)) is { } tag
            && EntityTag.Matches(request.IfNoneMatch, tag))
        {
            return new RequestOutcome(NotModified(tag), Known(RecordStatus.Skipped, "The client has the thumbnail of this photo with these settings."));
        }

        for (int round = 1; round <= MaxRounds; round++)
        {
            (string? etag, StoredThumbnail? stored) = await _clock.TimeAsync(Stage.Probe, LookAsync);
            if (stored is not null && IsUpToDate(stored.Origin, etag))
            {
                RecordResult served = Known(RecordStatus.Skipped, "The thumbnail is up to date: made of this photo with these settings.");
                return new RequestOutcome(
                    await ImageAsync(stored.Origin, stored.ContentType, stored.Length, stored.Data),
                    served with { Destination = wanted.Location.ToString(), BytesOut = stored.Length });
            }

            if (etag is null && stored is null && !wanted.Thumbnail.HaveSeveralNames)
            {
                return new RequestOutcome(Refusals.NoPhoto(), Known(RecordStatus.Skipped, "There is no photo."));
            }

            UpdateOutcome outcome = await records.UpdateAsync(wanted.Thumbnail, log, time);
            if (await AnswerOfAsync(outcome) is { } answer)
            {
                return new RequestOutcome(answer, outcome.Result);
            }
        }

        return new RequestOutcome(Refusals.Unavailable(), Known(RecordStatus.Failed, "The thumbnail was deleted each time after it was found up to date."));
    }

    /// <summary>The photo and its stored thumbnail, side by side.</summary>
    private async Task<(string? ETag, StoredThumbnail? Stored)> LookAsync()
    {
        Task<string?> etag = access.Probe.ETagAsync(Photo, time.Token);
        Task<StoredThumbnail?> stored = request.IsHead
            ? access.Probe.ThumbnailAsync(wanted.Location, time.Token)
            : access.Thumbnails.ReadAsync(wanted.Location, request.Front.MaxBodyBytes, time.Token);
        await Task.WhenAll(etag, stored);
        return (await etag, await stored);
    }

    /// <summary>Where the settings let thumbnails outlive their photo, one without a photo is as good as it can be.</summary>
    private bool IsUpToDate(ThumbnailOrigin origin, string? etag) =>
        etag is null ? !settings.DeleteThumbnails && origin.IsOf(Photo) : origin == wanted.Thumbnail.Origin(etag);

    /// <returns>Null if the thumbnail is stored already: look again.</returns>
    private async Task<HttpAnswer?> AnswerOfAsync(UpdateOutcome outcome)
    {
        if (outcome.Result.Status is not (RecordStatus.Made or RecordStatus.Skipped) || outcome.IsGone)
        {
            return Refusals.Of(outcome);
        }

        if (outcome.Result.Destination != wanted.Location.ToString())
        {
            return Refusals.OtherFormat();
        }

        return outcome is { Made: { } made, ETag: { } etag }
            ? await ImageAsync(wanted.Thumbnail.Origin(etag), made.ContentType, made.Data.Length, made.Data)
            : null;
    }

    /// <summary>The image; 304 if the client has it; a redirect to S3 if it does not fit into an answer.</summary>
    private async Task<HttpAnswer> ImageAsync(ThumbnailOrigin origin, string contentType, long length, byte[]? image)
    {
        string tag = EntityTag.Of(origin);
        return EntityTag.Matches(request.IfNoneMatch, tag) ? NotModified(tag)
            : length > request.Front.MaxBodyBytes
            ? new HttpAnswer(302, [new("Location", await access.Thumbnails.LinkAsync(wanted.Location)), new(HttpAnswer.CacheControl, HttpAnswer.NoStore)])
            : HttpAnswer.OfImage(length, image, [new("Content-Type", contentType), .. Validators(tag)]);
    }

    private HttpAnswer NotModified(string tag) => new(304, Validators(tag));

    private KeyValuePair<string, string>[] Validators(string tag) => settings.CacheControl.Length > 0
        ? [new("ETag", tag), new(HttpAnswer.CacheControl, settings.CacheControl)]
        : [new("ETag", tag)];

    private RecordResult Known(RecordStatus status, string? reason) => new() { Status = status, Source = Photo.ToString(), Reason = reason };
}
