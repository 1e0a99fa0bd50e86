using System.Net;
using ResizeImage.Local.Events;
using ResizeImage.Local.Faults;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3;
using ResizeImage.Local.S3.Notifications;

namespace ResizeImage.Local;

/// <summary>Settings of a <see cref="LocalCloud"/>.</summary>
internal sealed record LocalCloudOptions
{
    /// <summary>Holds the buckets.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The address on which S3 listens. Lambda listens on 127.0.0.1.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port of the S3 endpoint; 0 picks a free one.</summary>
    public required int Port { get; init; }

    /// <summary>As in <see cref="S3ServerOptions.AllowedOrigins"/>.</summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>As in <see cref="S3ServerOptions.AllowedHosts"/>.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>As in <see cref="S3ServerOptions.FurtherPorts"/>.</summary>
    public int FurtherPorts { get; init; }

    /// <summary>The bucket whose events go to the function, unless a client puts another notification configuration.</summary>
    public required string Bucket { get; init; }

    /// <summary>Only for keys that begin with it.</summary>
    public required string InputPrefix { get; init; }

    /// <summary>The events that go to the function.</summary>
    public IReadOnlyList<string> Events { get; init; } = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"];

    /// <summary>As in <see cref="S3ServerOptions.NotificationsChanged"/>.</summary>
    public Action<string, NotificationConfiguration> NotificationsChanged { get; init; } = (_, _) => { };

    /// <summary>The function's executable; null for S3 alone.</summary>
    public string? FunctionPath { get; init; }

    /// <summary>The function's limits, and the port of Lambda.</summary>
    public RuntimeApiOptions Lambda { get; init; } = new();

    /// <summary>Environment variables for the function.</summary>
    public IReadOnlyDictionary<string, string> FunctionEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets each line that the function writes.</summary>
    public Action<string> FunctionOutput { get; init; } = _ => { };
}

/// <summary>
/// S3, its event notifications and Lambda, put together as they are deployed: an object created or removed invokes the
/// function as the bucket's notification configuration says, and the function reads from and writes to the same S3.
/// </summary>
internal sealed class LocalCloud : IAsyncDisposable
{
    private const string TriggerId = "local";

    private readonly LocalCloudOptions _options;
    private readonly Action<ObjectEvent, InvocationResult> _invoked;
    private readonly ObjectEventSubscription _events;
    private Task _notifying = Task.CompletedTask;

    private LocalCloud(LocalCloudOptions options, Action<ObjectEvent, InvocationResult> invoked, S3Server s3, RuntimeApi lambda, FaultInjector faults)
    {
        _options = options;
        _invoked = invoked;
        Lambda = lambda;
        Faults = faults;
        lambda.Queue.BeginAttempt = () => faults.BeginAttempt(lambda.Options.Timeout);
        lambda.Queue.EndAttempt = faults.EndAttempt;
        _events = s3.ObjectEvents.Subscribe();
        S3 = s3;
    }

    public S3Server S3 { get; }

    public RuntimeApi Lambda { get; }

    /// <summary>Makes both misbehave on request.</summary>
    public FaultInjector Faults { get; }

    /// <summary>Where the function can be invoked: http://127.0.0.1:port.</summary>
    public string LambdaEndpoint => "http://" + Lambda.Endpoint;

    /// <summary>Null for S3 alone.</summary>
    public DeployedFunction? Function { get; private set; }

    public string FunctionName => _options.Lambda.FunctionName;

    public string FunctionArn => LambdaEnvironment.FunctionArn(FunctionName);

    /// <summary>Starts everything.</summary>
    /// <param name="invoked">Called, from any thread, when the last attempt of an invocation is over.</param>
    /// <exception cref="LocalCloudException">Something cannot be started.</exception>
    public static async Task<LocalCloud> StartAsync(LocalCloudOptions options, Action<ObjectEvent, InvocationResult> invoked)
    {
        string arn = LambdaEnvironment.FunctionArn(options.Lambda.FunctionName);
        bool hasFunction = options.FunctionPath is not null;
        NotificationTarget trigger = new(NotificationTargetKind.Function, TriggerId, arn, options.Events, options.InputPrefix);
        FaultInjector faults = new();
        S3Server s3 = await S3Server.StartAsync(new S3ServerOptions
        {
            Folder = options.DataFolder,
            Host = options.Host,
            Port = options.Port,
            FurtherPorts = options.FurtherPorts,
            AllowedOrigins = options.AllowedOrigins,
            AllowedHosts = options.AllowedHosts,
            FunctionArn = hasFunction ? arn : null,
            DefaultNotifications = hasFunction ? (options.Bucket, new NotificationConfiguration([trigger])) : null,
            NotificationsChanged = options.NotificationsChanged,
            Admit = faults.PassAsync,
        });
        LocalCloud cloud;
        try
        {
            cloud = new LocalCloud(options, invoked, s3, await RuntimeApi.StartAsync(options.Lambda), faults);
        }
        catch
        {
            await s3.DisposeAsync();
            throw;
        }

        try
        {
            cloud.Start();
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops everything; nothing is left running.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Dispose();
        Faults.Dispose();
        if (Function is not null)
        {
            await Function.DisposeAsync();
        }

        await Lambda.DisposeAsync();
        await _notifying;
        await S3.DisposeAsync();
    }

    private void Start()
    {
        S3.EnsureBucket(_options.Bucket);
        if (_options.FunctionPath is not { } path)
        {
            return;
        }

        Function = new DeployedFunction(
            new FunctionProcessOptions
            {
                Path = path,
                S3 = S3.Endpoint,
                Environment = _options.FunctionEnvironment,
                Output = _options.FunctionOutput,
            },
            Lambda);
        Lambda.Function = Function;
        _notifying = NotifyAsync();
    }

    private async Task NotifyAsync()
    {
        List<Task> invocations = new();
        await foreach (ObjectEvent happened in _events)
        {
            foreach (NotificationTarget? target in S3.NotificationsOf(happened.Bucket).Matching(happened).Where(target => target.Arn == FunctionArn))
            {
                invocations.RemoveAll(invocation => invocation.IsCompleted);
                invocations.Add(DeliverAsync(happened, target.Id));
            }
        }

        await Task.WhenAll(invocations);
    }

    private async Task DeliverAsync(ObjectEvent happened, string configurationId)
    {
        EventDelivery delivery = Faults.NextDelivery();
        await delivery.Start;
        Task[] invocations = [.. Enumerable.Range(0, delivery.Copies).Select(_ => InvokeAsync(happened, configurationId))];
        delivery.Sent();
        await Task.WhenAll(invocations);
    }

    private async Task InvokeAsync(ObjectEvent happened, string configurationId) =>
        _invoked(happened, await Lambda.InvokeAsync(S3EventJson.Write(happened, configurationId), InvocationType.Event));
}
