using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;

namespace ResizeImage.Cdk;

/// <summary>What <see cref="Thumbnails"/> needs to know. The defaults are those of template.yaml.</summary>
public sealed class ThumbnailsProps
{
    /// <summary>Has the photos below input/ and gets the thumbnails below output/. It may be a new bucket, or one that exists (Bucket.FromBucketName).</summary>
    public required IBucket Bucket { get; init; }

    /// <summary>The file artifacts/function.zip of ./package.sh, or the zip of a release.</summary>
    public required string ZipFile { get; init; }

    /// <summary>The processor that the zip was made for.</summary>
    public Architecture Architecture { get; init; } = Architecture.X86_64;

    /// <summary>Lambda's runtime, which starts the executable.</summary>
    public Runtime Runtime { get; init; } = new("dotnet10", RuntimeFamily.DOTNET_CORE);

    /// <summary>In MB; CPU comes in proportion.</summary>
    public double MemorySize { get; init; } = 512;

    /// <summary>How the events of the bucket reach the function.</summary>
    public ThumbnailTrigger Trigger { get; init; }

    /// <summary>How many invocations may run at a time; null for as many as the account allows.</summary>
    public double? ReservedConcurrency { get; init; }

    /// <summary>The setting THUMBNAIL_SIZE: a size in pixels, or a list of them.</summary>
    public string ThumbnailSize { get; init; } = "200x200";

    /// <summary>How browsers get thumbnails.</summary>
    public ThumbnailServing Serving { get; init; }

    /// <summary>The site whose scripts may read thumbnails, for example https://example.com, or * for any; null for none. Images on a page need none.</summary>
    public string? CorsOrigin { get; init; }

    /// <summary>The setting REPORT_PREFIX; null for no reports. The bucket's own lifecycle decides how long they are kept.</summary>
    public string? ReportPrefix { get; init; } = "reports/";

    /// <summary>Other settings (docs/settings.md), by the names of their environment variables.</summary>
    public IDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How often to look for missing thumbnails, for example rate(5 minutes); null for never.</summary>
    public string? ReconcileSchedule { get; init; }

    /// <summary>How long the log is kept.</summary>
    public RetentionDays LogRetention { get; init; } = RetentionDays.ONE_MONTH;

    /// <summary>Receives the alarms; null for nobody.</summary>
    public ITopic? AlarmTopic { get; init; }
}
