using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Configuration;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>Writes a report for each rejected photo, for someone to act on.</summary>
/// <param name="access">To S3.</param>
/// <param name="settings">Say where reports go, if anywhere.</param>
internal sealed class RefusalReports(ObjectAccess access, Settings settings)
{
    private const string Extension = ".json";

    /// <summary>Writes the report, if REPORT_PREFIX is set. It replaces an earlier one of the same photo.</summary>
    /// <param name="photo">The photo; its key begins with the input prefix.</param>
    /// <param name="etag">Of the photo; null if it was rejected unread.</param>
    /// <param name="result">Has the reason.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async Task WriteAsync(ObjectLocation photo, string? etag, RecordResult result, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (settings.ReportPrefix is not { } prefix)
        {
            return;
        }

        // One output bucket can have the reports of several buckets.
        string folder = settings.OutputBucket is null ? string.Empty : photo.Bucket + "/";

        // A name that becomes too long is replaced by the one that thumbnails have in their metadata.
        string key = prefix + folder + photo.Key[settings.InputPrefix.Length..] + Extension;
        ObjectLocation location = new(
            settings.OutputBucket ?? photo.Bucket,
            Encoding.UTF8.GetByteCount(key) <= ObjectLocation.MaxKeyBytes ? key : prefix + ThumbnailOrigin.IdOf(photo) + Extension);

        // If the output bucket turns out to be that of the photos, the report would be processed as one.
        if (!settings.WouldTrigger(photo.Bucket, location.Bucket, location.Key))
        {
            RefusalReport report = new(photo.ToString(), etag, result.BytesIn, result.Reason, now.UtcDateTime);
            string json = JsonSerializer.Serialize(report, RefusalJsonContext.Default.RefusalReport);
            await access.Writer.WriteTextAsync(location, json, "application/json", cancellationToken);
        }
    }
}

/// <summary>Why there is no thumbnail.</summary>
/// <param name="Source">s3://bucket/key of the photo.</param>
/// <param name="ETag">Of the photo that was rejected; it may have been replaced since.</param>
/// <param name="BytesIn">Its size; null if it was rejected unread.</param>
/// <param name="Reason">Finding and advice.</param>
/// <param name="Time">UTC.</param>
internal sealed record RefusalReport(
    string Source, [property: JsonPropertyName("etag")] string? ETag, long? BytesIn, string? Reason, DateTime Time);

/// <summary>Source-generated code for reports, apart from the responses: most deployments never need it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RefusalReport))]
internal sealed partial class RefusalJsonContext : JsonSerializerContext;
