using ResizeImage.Imaging;

namespace ResizeImage.Configuration;

/// <summary>The settings of the function, read once at startup. docs/settings.md has the table.</summary>
public sealed record Settings
{
    /// <summary>The thumbnails that are made of each photo, at least one. Their names differ.</summary>
    public IReadOnlyList<ThumbnailOutput> Outputs { get; init; } = [new(ThumbnailSetting.Size.Default, new())];

    /// <summary>The outputs that are made when a photo is uploaded. All may be made on request.</summary>
    internal IEnumerable<ThumbnailOutput> UploadOutputs => Outputs.Where(output => !output.IsOnRequest);

    /// <summary>The outputs that are made on the first request.</summary>
    internal IEnumerable<ThumbnailOutput> OnRequestOutputs => Outputs.Where(output => output.IsOnRequest);

    /// <summary>Limits of photos, the same for all outputs.</summary>
    public ImageLimits Limits => Outputs[0].Options.Limits;

    /// <summary>The engine that decodes photos.</summary>
    public Engine Engine { get; init; } = Engine.BuiltIn;

    /// <summary>False to reject photos that HEVC codes, which are most HEIC files.</summary>
    public bool DecodeHevc { get; init; } = true;

    /// <summary>The bucket whose photos a schedule looks at and requests get; other events name theirs. Null if none is set.</summary>
    public string? InputBucket { get; init; }

    /// <summary>Photos are objects whose keys begin with this; empty or with a slash at the end.</summary>
    public string InputPrefix { get; init; } = SettingVariables.DefaultInputPrefix;

    /// <summary>Thumbnails get keys that begin with this; empty or with a slash at the end.</summary>
    public string OutputPrefix { get; init; } = SettingVariables.DefaultOutputPrefix;

    /// <summary>Where thumbnails go; null for the bucket of the photo.</summary>
    public string? OutputBucket { get; init; }

    /// <summary>
    /// The account that all buckets must belong to; S3 refuses requests if they do not (x-amz-expected-bucket-owner). Whoever creates a bucket
    /// under the name of a deleted one would receive its thumbnails. Null accepts any account.
    /// </summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>The account that <see cref="OutputBucket"/> must belong to, if it is another.</summary>
    public string? ExpectedOutputBucketOwner { get; init; }

    /// <summary>Names thumbnails below <see cref="OutputPrefix"/>.</summary>
    public KeyTemplate OutputKey { get; init; } = KeyTemplate.SamePath;

    /// <summary>Whether the function deletes the thumbnail of a deleted photo.</summary>
    public bool DeleteThumbnails { get; init; } = true;

    /// <summary>Whether the function deletes a photo after it has stored all thumbnails of it. Excludes <see cref="DeleteThumbnails"/>.</summary>
    public bool DeleteOriginal { get; init; }

    /// <summary>Cache-Control of thumbnails; empty for none.</summary>
    public string CacheControl { get; init; } = SettingVariables.DefaultCacheControl;

    /// <summary>Tags of thumbnails.</summary>
    public IReadOnlyList<ObjectTag> OutputTags { get; init; } = [];

    /// <summary>Canned ACL of thumbnails; null for that of the bucket's owner.</summary>
    public string? OutputAcl { get; init; }

    /// <summary>Reports of rejected photos get keys that begin with this; null for no reports.</summary>
    public string? ReportPrefix { get; init; }

    /// <summary>Metrics get this namespace; null for no metrics, because CloudWatch charges for them.</summary>
    public string? MetricsNamespace { get; init; }

    /// <summary>All memory of the function, in bytes; 0 where it is not known.</summary>
    internal long FunctionMemory { get; init; }

    /// <summary>Whether Lambda starts processes before there are events for them (provisioned concurrency).</summary>
    internal bool IsStartedInAdvance { get; init; }

    /// <summary>Keys of the function's own state begin with this; no thumbnail goes there.</summary>
    internal string StatePrefix => OutputPrefix + ".reconciliation/";

    /// <summary>The account that a bucket must belong to; null accepts any account.</summary>
    internal string? OwnerOf(string bucket) => bucket == OutputBucket ? ExpectedOutputBucketOwner ?? ExpectedBucketOwner : ExpectedBucketOwner;

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
        ThumbnailOutput[] outputs = ReadOutputs(reader, memory);
        bool deleteOriginal = reader.Read(SettingVariables.DeleteOriginal, defaults.DeleteOriginal, ThumbnailOptionText.TryParseSwitch, ThumbnailOptionText.SwitchAccepts);
        Settings settings = new()
        {
            FunctionMemory = memory,
            Outputs = outputs,
            Engine = reader.Read(SettingVariables.Engine, defaults.Engine, SettingText.TryParseEngine, AcceptedEngines(variable(SettingVariables.Engine))),
            DecodeHevc = reader.Read(SettingVariables.DecodeHevc, defaults.DecodeHevc, ThumbnailOptionText.TryParseSwitch, ThumbnailOptionText.SwitchAccepts),
            InputBucket = reader.ReadBucket(SettingVariables.InputBucket),
            InputPrefix = reader.ReadEvenEmpty(SettingVariables.InputPrefix, defaults.InputPrefix, SettingText.TryParsePrefix, SettingText.PrefixAccepts),
            OutputPrefix = reader.ReadEvenEmpty(SettingVariables.OutputPrefix, defaults.OutputPrefix, SettingText.TryParsePrefix, SettingText.PrefixAccepts),
            OutputBucket = reader.ReadBucket(SettingVariables.OutputBucket),
            ExpectedBucketOwner = reader.Read<string?>(SettingVariables.ExpectedBucketOwner, null, SettingText.TryParseAccount!, SettingText.AccountAccepts),
            ExpectedOutputBucketOwner = reader.Read<string?>(SettingVariables.ExpectedOutputBucketOwner, null, SettingText.TryParseAccount!, SettingText.AccountAccepts),
            OutputKey = reader.Read(SettingVariables.OutputKey, KeyTemplate.DefaultFor(outputs.Length), KeyTemplate.TryParse!, KeyTemplate.Accepts),
            CacheControl = reader.ReadEvenEmpty(SettingVariables.CacheControl, defaults.CacheControl, SettingText.TryParseCacheControl, SettingText.CacheControlAccepts),
            OutputTags = reader.Read(SettingVariables.OutputTagging, defaults.OutputTags, ObjectTag.TryParseList, ObjectTag.Accepts),
            OutputAcl = reader.Read<string?>(SettingVariables.OutputAcl, null, SettingText.TryParseAcl!, SettingText.AclAccepts),
            MetricsNamespace = reader.Read<string?>(SettingVariables.MetricsNamespace, null, SettingText.TryParseNamespace!, SettingText.NamespaceAccepts),
            IsStartedInAdvance = variable("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency",
            ReportPrefix = reader.Read<string?>(SettingVariables.ReportPrefix, null, SettingText.TryParsePrefix!, SettingText.PrefixAccepts),
            DeleteOriginal = deleteOriginal,
            DeleteThumbnails = reader.Read(SettingVariables.DeleteThumbnails, !deleteOriginal, ThumbnailOptionText.TryParseSwitch, ThumbnailOptionText.SwitchAccepts),
        };
        settings.RefuseDeletionOfBoth();
        settings.RefuseMeetings();
        settings.RefuseLoop();
        OnRequestRules.Check(settings);
        return settings;
    }

    private static string AcceptedEngines(string? text) =>
        string.Equals(text, "auto", StringComparison.OrdinalIgnoreCase) ? SettingText.EngineAcceptsInsteadOfAuto : SettingText.EngineAccepts;

    /// <summary>The list of sizes; the other settings are the defaults of its entries.</summary>
    private static ThumbnailOutput[] ReadOutputs(EnvironmentReader reader, long functionMemory)
    {
        ThumbnailOptions defaults = new();
        foreach (ThumbnailSetting setting in ThumbnailSetting.All.Where(setting => setting != ThumbnailSetting.Size))
        {
            ThumbnailOptions before = defaults;
            defaults = reader.Read(setting.Variable, before, TryParse, setting.Accepts);

            bool TryParse(string text, out ThumbnailOptions with)
            {
                ThumbnailOptions? read = setting.Read(text, before);
                with = read ?? before;
                return read is not null;
            }
        }

        ThumbnailOutput[] outputs = reader.Read<ThumbnailOutput[]>(
            ThumbnailSetting.Size.Variable, [new ThumbnailOutput(ThumbnailSetting.Size.Default, defaults)], TryParseList, ThumbnailSetting.Size.Accepts);
        ImageLimits limits = ReadLimits(reader, functionMemory, PixelsAtATime(outputs));
        return Array.ConvertAll(outputs, output => output with { Options = output.Options with { Limits = limits } });

        bool TryParseList(string text, out ThumbnailOutput[] list) => ThumbnailOutput.TryParseList(text, defaults, out list);
    }

    /// <summary>The pixels of thumbnails in memory at a time: those of an upload, or the one of a request.</summary>
    private static long PixelsAtATime(ThumbnailOutput[] outputs)
    {
        long ofUpload = 0;
        long ofRequest = 0;
        foreach (ThumbnailOutput output in outputs)
        {
            long pixels = output.Options.ExpectedPixels;
            ofUpload += output.IsOnRequest ? 0 : pixels;
            ofRequest = Math.Max(ofRequest, pixels);
        }

        return Math.Max(ofUpload, ofRequest);
    }

    /// <summary>Unless they are set, the limits suit the function's memory.</summary>
    private static ImageLimits ReadLimits(EnvironmentReader reader, long functionMemory, long thumbnailPixels)
    {
        ImageLimits limits = functionMemory > 0 ? ImageLimits.ForMemory(functionMemory, thumbnailPixels) : ImageLimits.Default;
        foreach (LimitSetting setting in LimitSetting.All)
        {
            long most = setting.Get(ImageLimits.Highest);
            TryParse<long> parse = setting.IsBytes ? SettingText.TryParseBytes : SettingText.TryParseCount;
            string accepts = $"{(setting.IsBytes ? SettingText.BytesAccepts : SettingText.CountAccepts)}, at most {most}";
            limits = setting.With(limits, reader.Read(setting.Variable, setting.Get(limits), SettingText.AtMost(most, parse), accepts));
        }

        return limits;
    }

    /// <summary>The deletion of an original is an event, too, for which the function would delete the thumbnails.</summary>
    private void RefuseDeletionOfBoth()
    {
        if (DeleteOriginal && DeleteThumbnails)
        {
            throw new SettingsException(
                $"{SettingVariables.DeleteOriginal} and {SettingVariables.DeleteThumbnails} are both true: after the original, the function would delete its thumbnails. "
                + $"Remove {SettingVariables.DeleteThumbnails}, or set it to false.");
        }
    }

    /// <summary>Two outputs of a photo, or outputs of two photos, must never have the same key.</summary>
    private void RefuseMeetings()
    {
        for (int i = 0; i < Outputs.Count; i++)
        {
            for (int j = 0; j < Outputs.Count; j++)
            {
                if (i != j && OutputKey.CanMeet(Outputs[i], Outputs[j]))
                {
                    throw new SettingsException(
                        $"The thumbnails \"{Outputs[i].Name}\" and \"{Outputs[j].Name}\" could get the same key: {SettingVariables.OutputKey} must name them apart. "
                        + "Put {size} into it, between slashes or other characters that no name of a size has, for example {size}/{path}.");
                }
            }
        }
    }

    /// <summary>
    /// A thumbnail below the input prefix would be processed as a photo, again and again. Every output key begins
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
                + $"neither begins with the other, for example input/ and output/, or name another bucket in {SettingVariables.OutputBucket}.");
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

    /// <summary>Whether an object put there would be processed as a photo of that source bucket.</summary>
    internal bool WouldTrigger(string sourceBucket, string bucket, string key) =>
        bucket == sourceBucket && key.StartsWith(InputPrefix, StringComparison.Ordinal);
}
