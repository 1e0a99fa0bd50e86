using ResizeImage.Imaging;

namespace ResizeImage.Configuration;

/// <summary>What the function shall do; read once at start. docs/settings.md has the table.</summary>
public sealed record Settings
{
    internal const string EngineVariable = "ENGINE";

    internal const string DeleteThumbnailsVariable = "DELETE_THUMBNAILS";

    internal const string InputBucketVariable = "INPUT_BUCKET";

    private const string OutputBucketVariable = "OUTPUT_BUCKET";

    /// <summary>What the thumbnails shall be, and which photos are refused.</summary>
    public ThumbnailOptions Thumbnail { get; init; } = new();

    /// <summary>What makes the thumbnails.</summary>
    public Engine Engine { get; init; } = Engine.BuiltIn;

    /// <summary>The bucket whose photos a schedule looks at; other events name theirs. Null if none is set.</summary>
    public string? InputBucket { get; init; }

    /// <summary>Photos are objects whose keys begin with this; empty or with a slash at the end.</summary>
    public string InputPrefix { get; init; } = "input/";

    /// <summary>Thumbnails get keys that begin with this; empty or with a slash at the end.</summary>
    public string OutputPrefix { get; init; } = "output/";

    /// <summary>Where thumbnails go; null for the bucket of the photo.</summary>
    public string? OutputBucket { get; init; }

    /// <summary>
    /// The account that all buckets must belong to; S3 refuses requests if they do not (x-amz-expected-bucket-owner). Whoever gets the name
    /// of a bucket that was deleted would receive thumbnails. Null if any account will do.
    /// </summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>The account that <see cref="OutputBucket"/> must belong to, if it is another.</summary>
    public string? ExpectedOutputBucketOwner { get; init; }

    /// <summary>Names thumbnails below <see cref="OutputPrefix"/>.</summary>
    public KeyTemplate OutputKey { get; init; } = KeyTemplate.SamePath;

    /// <summary>Whether the thumbnail of a photo that is gone is deleted.</summary>
    public bool DeleteThumbnails { get; init; } = true;

    /// <summary>Reports of photos of which no thumbnail can be made get keys that begin with this; null for no reports.</summary>
    public string? ReportPrefix { get; init; }

    /// <summary>Metrics get this namespace; null for no metrics, because CloudWatch charges for them.</summary>
    public string? MetricsNamespace { get; init; }

    /// <summary>All memory of the function, in bytes; 0 where it is not known.</summary>
    internal long FunctionMemory { get; init; }

    /// <summary>Whether Lambda starts processes before there are events for them (provisioned concurrency).</summary>
    internal bool IsStartedInAdvance { get; init; }

    /// <summary>Below it the function keeps what it must remember; no thumbnail goes there.</summary>
    internal string StatePrefix => OutputPrefix + ".reconciliation/";

    /// <summary>The account that a bucket must belong to; null if any account will do.</summary>
    internal string? OwnerOf(string bucket) => bucket == OutputBucket ? ExpectedOutputBucketOwner ?? ExpectedBucketOwner : ExpectedBucketOwner;

    /// <summary>The environment variable of a limit: MAX_PIXELS for MaxPixels.</summary>
    internal static string VariableOf(string limit) =>
        string.Concat(limit.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    /// <summary>Reads the settings from the process's environment.</summary>
    /// <exception cref="SettingsException">A value is not accepted, or the function could trigger itself.</exception>
    public static Settings FromEnvironment() => Read(Environment.GetEnvironmentVariable);

    /// <summary>Reads the settings.</summary>
    /// <param name="variable">Gives the value of the environment variable of that name; null where it is not set.</param>
    /// <exception cref="SettingsException">A value is not accepted, or the function could trigger itself.</exception>
    public static Settings Read(Func<string, string?> variable)
    {
        EnvironmentReader reader = new(variable);
        Settings defaults = new();
        long memory = reader.Read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 0L, SettingText.TryParseCount, SettingText.CountAccepts) << 20;
        Settings settings = new()
        {
            FunctionMemory = memory,
            Thumbnail = ReadThumbnailOptions(reader, defaults.Thumbnail, memory),
            Engine = reader.Read(EngineVariable, defaults.Engine, SettingText.TryParseEngine, AcceptedEngines(variable(EngineVariable))),
            InputBucket = reader.ReadBucket(InputBucketVariable),
            InputPrefix = reader.ReadEvenEmpty("INPUT_PREFIX", defaults.InputPrefix, SettingText.TryParsePrefix, SettingText.PrefixAccepts),
            OutputPrefix = reader.ReadEvenEmpty("OUTPUT_PREFIX", defaults.OutputPrefix, SettingText.TryParsePrefix, SettingText.PrefixAccepts),
            OutputBucket = reader.ReadBucket(OutputBucketVariable),
            ExpectedBucketOwner = reader.Read<string?>("EXPECTED_BUCKET_OWNER", null, SettingText.TryParseAccount!, SettingText.AccountAccepts),
            ExpectedOutputBucketOwner = reader.Read<string?>("EXPECTED_OUTPUT_BUCKET_OWNER", null, SettingText.TryParseAccount!, SettingText.AccountAccepts),
            OutputKey = reader.Read("OUTPUT_KEY", defaults.OutputKey, KeyTemplate.TryParse!, KeyTemplate.Accepts),
            MetricsNamespace = reader.Read<string?>("METRICS_NAMESPACE", null, SettingText.TryParseNamespace!, SettingText.NamespaceAccepts),
            IsStartedInAdvance = variable("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency",
            ReportPrefix = reader.Read<string?>("REPORT_PREFIX", null, SettingText.TryParsePrefix!, SettingText.PrefixAccepts),
            DeleteThumbnails = reader.Read(DeleteThumbnailsVariable, defaults.DeleteThumbnails, SettingText.TryParseSwitch, SettingText.SwitchAccepts),
        };
        settings.RefuseLoop();
        return settings;
    }

    private static string AcceptedEngines(string? text) =>
        string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase) ? SettingText.EngineAcceptsInsteadOfAuto : SettingText.EngineAccepts;

    private static ThumbnailOptions ReadThumbnailOptions(EnvironmentReader reader, ThumbnailOptions defaults, long functionMemory)
    {
        (int width, int height) = reader.Read("THUMBNAIL_SIZE", (defaults.Width, defaults.Height), TryParseSize, ThumbnailOptionText.SizeAccepts);
        return new ThumbnailOptions
        {
            Width = width,
            Height = height,
            Fit = reader.Read("THUMBNAIL_FIT", defaults.Fit, ThumbnailOptionText.TryParseFit, ThumbnailOptionText.FitAccepts),
            Format = reader.Read("THUMBNAIL_FORMAT", defaults.Format, ThumbnailOptionText.TryParseFormat, ThumbnailOptionText.FormatAccepts),
            Quality = reader.Read("THUMBNAIL_QUALITY", defaults.Quality, ThumbnailOptionText.TryParseQuality, ThumbnailOptionText.QualityAccepts),
            Progressive = reader.Read("THUMBNAIL_PROGRESSIVE", defaults.Progressive, SettingText.TryParseSwitch, SettingText.SwitchAccepts),
            Background = reader.Read("THUMBNAIL_BACKGROUND", defaults.Background, ThumbnailOptionText.TryParseBackground, ThumbnailOptionText.BackgroundAccepts),
            Limits = ReadLimits(reader, functionMemory, (long)width * height),
        };

        static bool TryParseSize(string text, out (int Width, int Height) size) =>
            ThumbnailOptionText.TryParseSize(text, out size.Width, out size.Height);
    }

    /// <summary>Unless they are set, what suits the function's memory.</summary>
    private static ImageLimits ReadLimits(EnvironmentReader reader, long functionMemory, long thumbnailPixels)
    {
        ImageLimits defaults = functionMemory > 0 ? ImageLimits.ForMemory(functionMemory, thumbnailPixels) : ImageLimits.Default;
        ImageLimits highest = ImageLimits.Highest;
        return new ImageLimits
        {
            MaxPixels = Count(nameof(ImageLimits.MaxPixels), defaults.MaxPixels, highest.MaxPixels),
            MaxFileBytes = Bytes(nameof(ImageLimits.MaxFileBytes), defaults.MaxFileBytes, highest.MaxFileBytes),
            MaxDecodedBytes = Bytes(nameof(ImageLimits.MaxDecodedBytes), defaults.MaxDecodedBytes, highest.MaxDecodedBytes),
            MaxWork = Count(nameof(ImageLimits.MaxWork), defaults.MaxWork, highest.MaxWork),
        };

        long Count(string limit, long fallback, long most) =>
            reader.Read(VariableOf(limit), fallback, SettingText.AtMost(most, SettingText.TryParseCount), $"{SettingText.CountAccepts}, at most {most}");

        long Bytes(string limit, long fallback, long most) =>
            reader.Read(VariableOf(limit), fallback, SettingText.AtMost(most, SettingText.TryParseBytes), $"{SettingText.BytesAccepts}, at most {most}");
    }

    /// <summary>
    /// A thumbnail that lands under the input prefix would be taken for a photo, again and again. Every output key begins
    /// with the prefix and the literal head of the template; where that and the input prefix part ways, no output key can
    /// begin with the input prefix. Which bucket an event comes from is not known yet: a named output bucket is checked
    /// with each record, see <see cref="WouldTrigger"/>.
    /// </summary>
    private void RefuseLoop()
    {
        string head = OutputPrefix + OutputKey.LiteralHead;
        if (OutputBucket is null && Overlap(head, InputPrefix))
        {
            throw new SettingsException(
                $"Thumbnails could land among the photos and trigger the function again: keys of thumbnails begin with \"{head}\", "
                + $"those of photos with \"{InputPrefix}\", in the same bucket. Choose INPUT_PREFIX, OUTPUT_PREFIX and OUTPUT_KEY so that "
                + $"neither begins with the other, for example input/ and output/, or name another bucket in {OutputBucketVariable}.");
        }

        if (ReportPrefix is { } reports && (Overlap(reports, head) || (OutputBucket is null && Overlap(reports, InputPrefix))))
        {
            throw new SettingsException(
                $"Reports could land among the photos or thumbnails: keys of reports begin with \"{reports}\", those of photos with \"{InputPrefix}\" "
                + $"and those of thumbnails with \"{head}\". Choose a REPORT_PREFIX with which neither begins, and that begins with neither, for example reports/.");
        }

        static bool Overlap(string one, string other) =>
            one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);
    }

    /// <summary>Whether an object put there would be taken for a photo of that source bucket.</summary>
    internal bool WouldTrigger(string sourceBucket, string bucket, string key) =>
        bucket == sourceBucket && key.StartsWith(InputPrefix, StringComparison.Ordinal);
}
