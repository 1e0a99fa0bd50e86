using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Http;

/// <summary>Answers requests for thumbnails, and logs a line for each.</summary>
internal sealed class ThumbnailRequests(ObjectAccess access, Settings settings, RecordHandler records)
{
    /// <summary>Answers one. It never throws: the log has the failure.</summary>
    public async Task<HttpAnswer> AnswerAsync(HttpRequest request, InvocationLog log, InvocationTime time)
    {
        using PhotoTime share = time.ForPhoto(othersWait: false);
        long start = share.Clock.GetTimestamp();
        (HttpAnswer answer, RecordResult result) = await FindAsync(request, log, share);
        result = result with { Milliseconds = Math.Round(share.Clock.GetElapsedTime(start).TotalMilliseconds, 1) };
        log.Write(result, new AnsweredRequest(request.Method, request.Path, answer.Status));
        return answer.With(ServerTiming.Name, ServerTiming.Of(result));
    }

    private async Task<RequestOutcome> FindAsync(HttpRequest request, InvocationLog log, PhotoTime time)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            return new RequestOutcome(Refusals.Method(), Skipped("The method is not GET or HEAD."));
        }

        if (settings.InputBucket is not { } bucket)
        {
            string reason = $"A request has no bucket. Set {SettingVariables.InputBucket} to the bucket of the photos.";
            return new RequestOutcome(Refusals.NoBucket(), new RecordResult { Status = RecordStatus.Failed, Reason = reason });
        }

        return RequestedThumbnail.Find(access, settings, bucket, request.Path) is { } wanted
            ? await new ThumbnailRequest(access, settings, records, request, wanted, log, time).AnswerAsync()
            : new RequestOutcome(Refusals.UnknownPath(), Skipped(settings.OutputKey.NamesPhoto
                ? "No thumbnail has this path."
                : $"{SettingVariables.OutputKey} does not name photos completely, so that no path leads to one. Put {{path}} into it, or {{directory}}, {{name}} and {{extension}}."));
    }

    private static RecordResult Skipped(string reason) => new() { Status = RecordStatus.Skipped, Reason = reason };
}

/// <summary>How a request ended.</summary>
/// <param name="Answer">For the client.</param>
/// <param name="Result">For the log.</param>
internal sealed record RequestOutcome(HttpAnswer Answer, RecordResult Result);
