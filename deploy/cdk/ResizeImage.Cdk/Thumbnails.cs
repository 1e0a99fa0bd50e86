using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Lambda.EventSources;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.Scheduler;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace ResizeImage.Cdk;

/// <summary>The thumbnail function for a bucket, with its role, trigger, queues, alarms, dashboard and distribution: the resources of template.yaml.</summary>
public sealed class Thumbnails : Construct
{
    private const string InputPrefix = "input/";
    private const string OutputPrefix = "output/";

    // What S3 notifies of; the function handles all of them.
    private static readonly EventType[] Events =
        [EventType.OBJECT_CREATED, EventType.OBJECT_REMOVED, EventType.LIFECYCLE_EXPIRATION, EventType.OBJECT_RESTORE_COMPLETED];

    /// <summary>Defines the resources.</summary>
    public Thumbnails(Construct scope, string id, ThumbnailsProps props)
        : base(scope, id)
    {
        FailedInvocations = NewQueue("FailedInvocations");
        Function = NewFunction(props);
        Alias = new Alias(this, "Alias", new AliasProps
        {
            AliasName = "live",
            Version = Function.CurrentVersion,
            RetryAttempts = 2,
            MaxEventAge = Duration.Hours(6),
            OnFailure = new Amazon.CDK.AWS.Lambda.Destinations.SqsDestination(FailedInvocations),
        });
        if (props.Trigger == ThumbnailTrigger.Sqs)
        {
            DeadLetters = NewQueue("DeadLetters");
            PhotoEvents = NewQueue("PhotoEvents", DeadLetters);
            Alias.AddEventSource(new SqsEventSource(PhotoEvents, new SqsEventSourceProps
            {
                BatchSize = 10,
                ReportBatchItemFailures = true,

                // Polling no faster than the function may run: throttled messages would count as received, and end among the dead letters.
                MaxConcurrency = props.ReservedConcurrency,
            }));
        }

        foreach (EventType kind in Events)
        {
            IBucketNotificationDestination destination = PhotoEvents is null ? new Amazon.CDK.AWS.S3.Notifications.LambdaDestination(Alias) : new Amazon.CDK.AWS.S3.Notifications.SqsDestination(PhotoEvents);
            props.Bucket.AddEventNotification(kind, destination, new NotificationKeyFilter { Prefix = InputPrefix });
        }

        if (props.ReconcileSchedule is { } schedule)
        {
            AddSchedule(schedule);
        }

        Url = props.Serving switch
        {
            ThumbnailServing.FunctionUrl => ThumbnailUrl.AddPublic(this, props.CorsOrigin).AttrFunctionUrl,
            ThumbnailServing.CloudFront => $"https://{ThumbnailDistribution.Add(this, props).AttrDomainName}/",
            _ => null,
        };
        ThumbnailAlarms.Add(this, props);
        ThumbnailDashboard.Add(this, Function.LogGroup);
    }

    /// <summary>The function. Invoke <see cref="Alias"/> instead, so that going back to an earlier version works.</summary>
    public Function Function { get; }

    /// <summary>Points to the version of the last deployment. Function URLs and permissions belong to it.</summary>
    public Alias Alias { get; }

    /// <summary>Events of S3's own invocations, and why they failed for good.</summary>
    public Queue FailedInvocations { get; }

    /// <summary>Events that wait; null without <see cref="ThumbnailTrigger.Sqs"/>.</summary>
    public Queue? PhotoEvents { get; }

    /// <summary>Events that failed for good; null without <see cref="ThumbnailTrigger.Sqs"/>.</summary>
    public Queue? DeadLetters { get; }

    /// <summary>Where browsers get thumbnails, with a slash at the end; null without <see cref="ThumbnailsProps.Serving"/>.</summary>
    public string? Url { get; }

    private Function NewFunction(ThumbnailsProps props)
    {
        Dictionary<string, string> environment = new()
        {
            ["THUMBNAIL_SIZE"] = props.ThumbnailSize,
            ["INPUT_BUCKET"] = props.Bucket.BucketName,
            ["EXPECTED_BUCKET_OWNER"] = Stack.Of(this).Account,
            ["METRICS_NAMESPACE"] = ThumbnailAlarms.Namespace,
        };
        if (props.ReportPrefix is { } reports)
        {
            environment["REPORT_PREFIX"] = reports;
        }

        foreach ((string name, string value) in props.Settings)
        {
            environment[name] = value;
        }

        Function function = new(this, "Function", new FunctionProps
        {
            Description = "Makes thumbnails of photos in S3.",
            Code = Code.FromAsset(props.ZipFile),
            Handler = "ResizeImage", // Native AOT: the handler is the name of the executable.
            Runtime = props.Runtime,
            Architecture = props.Architecture,
            MemorySize = props.MemorySize,
            Timeout = Duration.Seconds(60),
            ReservedConcurrentExecutions = props.ReservedConcurrency,
            Environment = environment,
            CurrentVersionOptions = new VersionOptions { RemovalPolicy = RemovalPolicy.RETAIN }, // To go back to.
            Tracing = Tracing.ACTIVE,
            LoggingFormat = LoggingFormat.JSON,
            ApplicationLogLevelV2 = ApplicationLogLevel.INFO,
            SystemLogLevelV2 = SystemLogLevel.INFO,
            LogGroup = new LogGroup(this, "LogGroup", new LogGroupProps { Retention = props.LogRetention }),
        });
        foreach (PolicyStatement statement in Permissions(props))
        {
            function.AddToRolePolicy(statement);
        }

        return function;
    }

    /// <summary>What the function needs in S3; IBucket's grants are wider.</summary>
    private static IEnumerable<PolicyStatement> Permissions(ThumbnailsProps props)
    {
        bool Has(string name) => props.Settings.TryGetValue(name, out string? value) && value is not ("" or "false");
        PolicyStatement Allow(string prefix, params string[] actions) =>
            new(new PolicyStatementProps { Actions = actions, Resources = [props.Bucket.ArnForObjects($"{prefix}*")] });

        yield return Allow(InputPrefix, "s3:GetObject");
        yield return Allow(OutputPrefix, "s3:GetObject", "s3:PutObject", "s3:DeleteObject");
        if (Has("DELETE_ORIGINAL"))
        {
            yield return Allow(InputPrefix, "s3:DeleteObject");
        }

        if (Has("OUTPUT_TAGGING"))
        {
            yield return Allow(OutputPrefix, "s3:PutObjectTagging");
        }

        if (props.ReportPrefix is { } reports)
        {
            yield return Allow(reports, "s3:PutObject");
        }

        // Reconciliations list input/; and S3 answers 404 and not 403 for an object that is not there, for which the request has no prefix.
        yield return new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["s3:ListBucket"],
            Resources = [props.Bucket.BucketArn],
            Conditions = new Dictionary<string, object> { ["StringLikeIfExists"] = new Dictionary<string, string> { ["s3:prefix"] = $"{InputPrefix}*" } },
        });
        if (props.Bucket.EncryptionKey is { } key)
        {
            yield return new PolicyStatement(new PolicyStatementProps { Actions = ["kms:Decrypt", "kms:GenerateDataKey"], Resources = [key.KeyArn] });
        }
    }

    private Queue NewQueue(string id, Queue? deadLetters = null) => new(this, id, new QueueProps
    {
        RetentionPeriod = Duration.Days(14),
        Encryption = QueueEncryption.SQS_MANAGED,
        VisibilityTimeout = deadLetters is null ? null : Duration.Seconds(360), // Six times the function's timeout.
        DeadLetterQueue = deadLetters is null ? null : new DeadLetterQueue { Queue = deadLetters, MaxReceiveCount = 5 },
    });

    private void AddSchedule(string schedule)
    {
        Role role = new(this, "ReconciliationRole", new RoleProps { AssumedBy = new ServicePrincipal("scheduler.amazonaws.com") });
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["lambda:InvokeFunction"], Resources = [Alias.FunctionArn] }));
        _ = new CfnSchedule(this, "Reconciliation", new CfnScheduleProps
        {
            Description = "Makes the thumbnails that are missing or out of date.",
            ScheduleExpression = schedule,
            FlexibleTimeWindow = new CfnSchedule.FlexibleTimeWindowProperty { Mode = "OFF" },
            Target = new CfnSchedule.TargetProperty { Arn = Alias.FunctionArn, RoleArn = role.RoleArn },
        });
    }
}
