namespace ResizeImage.Imaging;

/// <summary>The settings of <see cref="ImageLimits"/>, one row each.</summary>
public sealed class LimitSetting
{
    private static readonly LimitSetting[] Rows =
    [
        new(nameof(ImageLimits.MaxPixels), "MAX_PIXELS", isBytes: false, limits => limits.MaxPixels, (limits, value) => limits with { MaxPixels = value }),
        new(nameof(ImageLimits.MaxFileBytes), "MAX_FILE_BYTES", isBytes: true, limits => limits.MaxFileBytes, (limits, value) => limits with { MaxFileBytes = value }),
        new(nameof(ImageLimits.MaxDecodedBytes), "MAX_DECODED_BYTES", isBytes: true, limits => limits.MaxDecodedBytes, (limits, value) => limits with { MaxDecodedBytes = value }),
        new(nameof(ImageLimits.MaxWork), "MAX_WORK", isBytes: false, limits => limits.MaxWork, (limits, value) => limits with { MaxWork = value }),
    ];

    private readonly Func<ImageLimits, long> _get;
    private readonly Func<ImageLimits, long, ImageLimits> _set;

    private LimitSetting(string limit, string variable, bool isBytes, Func<ImageLimits, long> get, Func<ImageLimits, long, ImageLimits> set)
    {
        Limit = limit;
        Variable = variable;
        IsBytes = isBytes;
        _get = get;
        _set = set;
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<LimitSetting> All => Rows;

    /// <summary>The property of <see cref="ImageLimits"/>.</summary>
    public string Limit { get; }

    /// <summary>The environment variable: MAX_PIXELS.</summary>
    public string Variable { get; }

    /// <summary>True for a number of bytes.</summary>
    public bool IsBytes { get; }

    /// <summary>The row of the limit that <see cref="ImageLimitException.Limit"/> names.</summary>
    public static LimitSetting Of(string limit) => Array.Find(Rows, row => row.Limit == limit)!;

    /// <summary>The limit's value.</summary>
    public long Get(ImageLimits limits) => _get(limits);

    /// <summary>The limits with another value of this one.</summary>
    public ImageLimits With(ImageLimits limits, long value) => _set(limits, value);
}
