using ResizeImage.Imaging;

namespace ResizeImage.Configuration;

/// <summary>
/// The function's settings that are not about thumbnails: names of the environment variables, and defaults. ThumbnailSetting and LimitSetting have
/// the others. The local cloud compiles this file, too.
/// </summary>
internal static class SettingVariables
{
    public const string Engine = "ENGINE";
    public const string DecodeHevc = Thumbnailer.HevcVariable;
    public const string InputBucket = "INPUT_BUCKET";
    public const string InputPrefix = "INPUT_PREFIX";
    public const string OutputPrefix = "OUTPUT_PREFIX";
    public const string OutputBucket = "OUTPUT_BUCKET";
    public const string ExpectedBucketOwner = "EXPECTED_BUCKET_OWNER";
    public const string ExpectedOutputBucketOwner = "EXPECTED_OUTPUT_BUCKET_OWNER";
    public const string OutputKey = "OUTPUT_KEY";
    public const string DeleteThumbnails = "DELETE_THUMBNAILS";
    public const string DeleteOriginal = "DELETE_ORIGINAL";
    public const string OutputTagging = "OUTPUT_TAGGING";
    public const string OutputAcl = "OUTPUT_ACL";
    public const string CacheControl = "CACHE_CONTROL";
    public const string ReportPrefix = "REPORT_PREFIX";
    public const string MetricsNamespace = "METRICS_NAMESPACE";

    public const string DefaultInputPrefix = "input/";
    public const string DefaultOutputPrefix = "output/";
    public const string DefaultCacheControl = "public, max-age=14400";

    public static readonly string[] All =
    [
        Engine, DecodeHevc, InputBucket, InputPrefix, OutputPrefix, OutputBucket, ExpectedBucketOwner, ExpectedOutputBucketOwner, OutputKey, DeleteThumbnails,
        DeleteOriginal, OutputTagging, OutputAcl, CacheControl, ReportPrefix, MetricsNamespace,
    ];
}
