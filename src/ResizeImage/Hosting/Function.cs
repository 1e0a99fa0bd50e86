using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Hosting;
using ResizeImage.Http;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reconciliation;
using ResizeImage.Reports;
using ResizeImage.Storage;
using ResizeImage.Text;
using ResizeImage.Triggers;

[assembly: LambdaSerializer(typeof(ResizeImage.Hosting.EventSerializer))]

namespace ResizeImage;

/// <summary>
/// The Lambda function. Its handler is ResizeImage::ResizeImage.Function::FunctionHandler for notifications of S3, or
/// ResizeImage::ResizeImage.Function::HandleEvent for any trigger; the executable accepts any, too. Safe for concurrent use.
/// </summary>
[SuppressMessage("Naming", "CA1716", Justification = "The name that Lambda handlers have everywhere.")]
public sealed class Function
{
    private readonly FunctionLog _log;
    private readonly TimeProvider _clock;
    private readonly RecordHandler _records;
    private readonly EventRouter _events;

    /// <summary>Used by Lambda: everything from the environment.</summary>
    /// <exception cref="SettingsException">An environment variable has an invalid value.</exception>
    public Function()
        : this(Settings.FromEnvironment())
    {
    }

    private Function(Settings settings)
        : this(settings, Engines.Create(settings))
    {
    }

    private Function(Settings settings, IThumbnailer thumbnailer)
        : this(S3ClientFactory.Create(Environment.GetEnvironmentVariable), settings, thumbnailer)
    {
        // Init has two processors.
        Task connection = Task.Run(() => ConnectionPriming.RunAsync(Environment.GetEnvironmentVariable));
        string? unprimed = Priming.RunAsync(settings, thumbnailer, Environment.GetEnvironmentVariable).GetAwaiter().GetResult();
        connection.GetAwaiter().GetResult();
        LambdaLogger.Log("Information", LogText.Escape(
            $"ready: {ProgramVersion.Describe(Environment.GetEnvironmentVariable)}, {(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "AOT")}, "
            + $"{Environment.Version}, 256-bit vectors {(Vector256.IsHardwareAccelerated ? "on" : "off")}{(unprimed is null ? "" : $"; not primed: {unprimed}")}"));
    }

    /// <summary>For tests: with another client, other settings and another engine.</summary>
    public Function(IAmazonS3 s3, Settings settings, IThumbnailer thumbnailer)
        : this(s3, settings, thumbnailer, TimeProvider.System)
    {
    }

    /// <summary>Also with another clock, which measures stalls, pauses, deadlines and stages.</summary>
    internal Function(IAmazonS3 s3, Settings settings, IThumbnailer thumbnailer, TimeProvider clock)
    {
        ObjectAccess access = new(s3, settings, clock);
        _clock = clock;
        _log = new FunctionLog(settings, clock);
        _records = new RecordHandler(access, settings, thumbnailer);
        _events = new EventRouter(_records, new Reconciler(access, settings, _records), new ThumbnailRequests(access, settings, _records), clock);
    }

    /// <summary>Makes thumbnails of the photos that an event names, one after the other. The test event of S3 names none.</summary>
    /// <param name="s3Event">As <see cref="EventSerializer"/> reads it.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>A result for each record.</returns>
    /// <exception cref="UnknownEventException">The event has no records: it comes from another service than S3, and its photos would silently be lost.</exception>
    /// <exception cref="ThumbnailsFailedException">Records failed for reasons that may pass; the others are done.</exception>
    public Task<ThumbnailReport> FunctionHandler(S3Event s3Event, ILambdaContext context) => SafeFailure.OfAsync(async () =>
    {
        List<S3Event.S3EventNotificationRecord> records = s3Event?.Records ?? [];
        if (records.Count == 0 && s3Event is not ReceivedS3Event { IsTest: true })
        {
            throw UnknownEventException.WithoutRecords();
        }

        using InvocationTime time = InvocationTime.Start(context, _clock);
        return await _records.HandleAllAsync(
            records.ConvertAll(record => ObjectChange.OfNotification(record.EventName, record.S3?.Bucket?.Name, record.S3?.Object?.KeyDecoded)),
            _log.Begin(context),
            time);
    });

    /// <summary>Processes an event of any trigger (docs/triggers.md), and answers as its service expects.</summary>
    /// <param name="input">The event, in JSON.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>The response, in JSON.</returns>
    /// <exception cref="UnknownEventException">The function does not accept the event.</exception>
    /// <exception cref="ThumbnailsFailedException">Something failed for reasons that may pass, and the trigger retries the whole event.</exception>
    public Task<Stream> HandleEvent(Stream input, ILambdaContext context) =>
        SafeFailure.OfAsync(() => _events.HandleAsync(input, context, _log.Begin(context)));
}
