using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Storage;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<ResizeImage.FunctionJsonContext>))]

namespace ResizeImage;

/// <summary>The Lambda function. Its handler is ResizeImage::ResizeImage.Function::FunctionHandler. Safe for concurrent use.</summary>
[SuppressMessage("Naming", "CA1716", Justification = "The name that Lambda handlers have everywhere.")]
public sealed class Function
{
    private readonly RecordHandler _records;

    /// <summary>Used by Lambda: everything from the environment.</summary>
    /// <exception cref="SettingsException">An environment variable does not make sense.</exception>
    public Function()
        : this(Settings.FromEnvironment())
    {
        LambdaLogger.Log(
            $"ready: {(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "AOT")}, {Environment.Version}, "
            + $"256-bit vectors {(Vector256.IsHardwareAccelerated ? "on" : "off")}");
    }

    private Function(Settings settings)
        : this(S3ClientFactory.Create(Environment.GetEnvironmentVariable), settings, Engines.Create(settings.Engine))
    {
    }

    /// <summary>Takes what it works with.</summary>
    public Function(IAmazonS3 s3, Settings settings, IThumbnailer thumbnailer) =>
        _records = new RecordHandler(new ObjectAccess(s3, settings.Thumbnail.Limits.MaxFileBytes), settings, thumbnailer);

    /// <summary>Makes thumbnails of the photos that an event names, one after the other.</summary>
    /// <param name="s3Event">The event.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>A result for each record.</returns>
    /// <exception cref="ThumbnailsFailedException">Records failed for reasons that may pass; the others are done.</exception>
    public async Task<ThumbnailReport> FunctionHandler(S3Event s3Event, ILambdaContext context)
    {
        if (s3Event?.Records is not { } records)
        {
            context.Logger.LogInformation("the event has no records (S3 sends such a test event when notifications are configured)");
            return new ThumbnailReport([]);
        }

        using CancellationTokenSource deadline = Deadline.Start(context);
        List<RecordResult> results = new(records.Count);
        foreach (S3Event.S3EventNotificationRecord record in records)
        {
            ObjectChange change = ObjectChange.OfNotification(record.EventName, record.S3?.Bucket?.Name, record.S3?.Object?.KeyDecoded);
            results.Add(await _records.HandleAsync(change, context.Logger, deadline.Token));
        }

        ThumbnailReport report = new(results);
        return results.Any(result => result.Status == RecordStatus.Failed) ? throw new ThumbnailsFailedException(report) : report;
    }
}
