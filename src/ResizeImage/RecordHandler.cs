using System.Diagnostics;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Storage;

namespace ResizeImage;

/// <summary>Does one record of an event: read the photo, make the thumbnail, write it.</summary>
internal sealed class RecordHandler(IAmazonS3 s3, Settings settings, IThumbnailer thumbnailer)
{
    /// <summary>Limit of S3, in bytes of UTF-8.</summary>
    private const int MaxKeyBytes = 1024;

    private readonly ObjectReader _reader = new(s3, settings.Thumbnail.Limits.MaxFileBytes);
    private readonly ObjectWriter _writer = new(s3);

    /// <summary>Never throws: what goes wrong is in the result, and in the log.</summary>
    public async Task<RecordResult> HandleAsync(S3Event.S3EventNotificationRecord record, ILambdaLogger logger, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        RecordResult result = await FinishAsync(record, logger, cancellationToken);
        result = result with { Milliseconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1) };
        RecordLog.Write(logger, result);
        return result;
    }

    private async Task<RecordResult> FinishAsync(
        S3Event.S3EventNotificationRecord record, ILambdaLogger logger, CancellationToken cancellationToken)
    {
        if (record.S3?.Bucket?.Name is not { Length: > 0 } bucket || record.S3.Object?.KeyDecoded is not { Length: > 0 } key)
        {
            return new RecordResult
            {
                Status = RecordStatus.Rejected,
                Reason = "The record names no S3 object. The function takes notifications from S3 itself, not wrapped by another service.",
            };
        }

        ObjectLocation source = new(bucket, key);
        RecordResult result = new() { Status = RecordStatus.Failed, Source = source.ToString() };
        if (ReasonToSkip(record.EventName, key) is { } reason)
        {
            return result with { Status = RecordStatus.Skipped, Reason = reason };
        }

        try
        {
            using SourceObject photo = await _reader.ReadAsync(source, cancellationToken);
            result = result with { BytesIn = photo.Bytes.Length };
            Thumbnail thumbnail = thumbnailer.Make(photo.Bytes, settings.Thumbnail);
            result = result with { SourceWidth = thumbnail.Source.UprightWidth, SourceHeight = thumbnail.Source.UprightHeight };

            ObjectLocation destination = new(
                settings.OutputBucket ?? bucket,
                settings.OutputPrefix + settings.OutputKey.Expand(key[settings.InputPrefix.Length..], thumbnail));
            if (ReasonToRefuse(source, destination) is { } refusal)
            {
                return result with { Status = RecordStatus.Rejected, Reason = refusal };
            }

            await _writer.WriteAsync(destination, thumbnail, photo.ETag, cancellationToken);
            return result with
            {
                Status = RecordStatus.Made,
                Destination = destination.ToString(),
                Reason = thumbnail.Note,
                Width = thumbnail.Width,
                Height = thumbnail.Height,
                BytesOut = thumbnail.Data.Length,
            };
        }
        catch (ImageLimitException exception) when (exception.Limit is { } limit)
        {
            return result with
            {
                Status = RecordStatus.Rejected,
                Reason = $"{exception.Message} Put a smaller picture, or raise the limit by the environment variable {Settings.VariableOf(limit)}.",
            };
        }
        catch (ImageException exception)
        {
            return result with { Status = RecordStatus.Rejected, Reason = exception.Message };
        }
        catch (StorageException exception)
        {
            return result with { Status = exception.IsPermanent ? RecordStatus.Rejected : RecordStatus.Failed, Reason = exception.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return result with { Reason = "The time of the invocation ran out. Raise the function's timeout if this happens often." };
        }
        catch (Exception exception)
        {
            // A mistake in this program: it must not keep the other records from being done.
            logger.LogError(exception, "unexpected exception");
            return result with { Reason = $"Unexpected {exception.GetType().Name}: {exception.Message}" };
        }
    }

    private string? ReasonToSkip(string? eventName, string key)
    {
        // AWS writes ObjectCreated:Put, MinIO s3:ObjectCreated:Put.
        string name = eventName ?? string.Empty;
        if (!name.StartsWith("ObjectCreated:", StringComparison.Ordinal) && !name.StartsWith("s3:ObjectCreated:", StringComparison.Ordinal))
        {
            return $"The event is \"{name}\"; thumbnails are made on ObjectCreated events.";
        }

        if (!key.StartsWith(settings.InputPrefix, StringComparison.Ordinal))
        {
            return $"The key does not begin with INPUT_PREFIX \"{settings.InputPrefix}\".";
        }

        return key.EndsWith('/') ? "The object is a folder marker." : null;
    }

    private string? ReasonToRefuse(ObjectLocation source, ObjectLocation destination)
    {
        if (settings.WouldTrigger(source.Bucket, destination.Bucket, destination.Key))
        {
            return $"The thumbnail would be {destination}, below INPUT_PREFIX \"{settings.InputPrefix}\" of the same bucket, and trigger the function again. "
                + "Change OUTPUT_PREFIX, OUTPUT_KEY or OUTPUT_BUCKET.";
        }

        int bytes = Encoding.UTF8.GetByteCount(destination.Key);
        return bytes > MaxKeyBytes ? $"The thumbnail's key would have {bytes} bytes; S3 allows {MaxKeyBytes}. Shorten OUTPUT_PREFIX or OUTPUT_KEY." : null;
    }
}
