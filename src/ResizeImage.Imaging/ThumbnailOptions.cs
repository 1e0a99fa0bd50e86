using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging;

/// <summary>What a thumbnail shall be.</summary>
public sealed record ThumbnailOptions
{
    /// <summary>The largest width or height that may be asked for, in pixels.</summary>
    public const int MaxSide = 4096;

    /// <summary>Width of the thumbnail in pixels, 1 to <see cref="MaxSide"/>.</summary>
    public int Width { get; init; } = 200;

    /// <summary>Height of the thumbnail in pixels, 1 to <see cref="MaxSide"/>.</summary>
    public int Height { get; init; } = 200;

    /// <summary>How a picture of another shape is fitted.</summary>
    public ThumbnailFit Fit { get; init; } = ThumbnailFit.Cover;

    /// <summary>The file format of the thumbnail.</summary>
    public ThumbnailFormat Format { get; init; } = ThumbnailFormat.Auto;

    /// <summary>JPEG quality, 1 to 100 on the scale of the Independent JPEG Group; null chooses by the thumbnail's size.</summary>
    public int? Quality { get; init; }

    /// <summary>JPEG is written progressive: the same pixels, seen coarsely first while it loads, and 1 or 2 % fewer bytes.</summary>
    public bool Progressive { get; init; }

    /// <summary>Fills the bars of <see cref="ThumbnailFit.Contain"/>, and lies under transparent pictures written as JPEG.</summary>
    public Rgba Background { get; init; } = Rgba.White;

    /// <summary>What is refused.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;
}

/// <summary>How a picture is fitted into the size asked for.</summary>
public enum ThumbnailFit
{
    /// <summary>Fills the size; what does not fit is cut off evenly on both sides. Small pictures are enlarged.</summary>
    Cover,

    /// <summary>The whole picture, centred on a background of exactly the size. Small pictures are enlarged.</summary>
    Contain,

    /// <summary>The whole picture within the size, without background; the thumbnail may be smaller than asked. Never enlarges.</summary>
    Inside,

    /// <summary>Stretched to exactly the size.</summary>
    Fill,
}

/// <summary>The file format of a thumbnail.</summary>
public enum ThumbnailFormat
{
    /// <summary>PNG where the thumbnail has transparent pixels, else JPEG.</summary>
    Auto,

    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG (W3C third edition).</summary>
    Png,
}

/// <summary>An sRGB colour with straight (not premultiplied) alpha.</summary>
public readonly record struct Rgba(byte R, byte G, byte B, byte A = 255)
{
    /// <summary>#FFFFFF, opaque.</summary>
    public static readonly Rgba White = new(255, 255, 255);
}

/// <summary>What is refused, checked on the header before anything is allocated.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits that apply when nothing else is said.</summary>
    public static readonly ImageLimits Default = new();

    /// <summary>Width times height of the source, in pixels.</summary>
    public long MaxPixels { get; init; } = 268_402_689;

    /// <summary>Size of the file, in bytes.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>Memory that decoding may take besides the file, in bytes (estimated from the header).</summary>
    public long MaxDecodedBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Pixels that decoding may go over, each as many times as the file makes it do so (estimated from the header): a progressive JPEG of
    /// 100 scans has a hundred times its pixels. 10⁹ take up to about a second.
    /// </summary>
    public long MaxWork { get; init; } = 4_000_000_000;

    /// <summary>
    /// The default limits, but for what a process may take: a quarter of its memory, and at least what .NET needs, is left to .NET, and the rest
    /// divided between file and decoding.
    /// </summary>
    /// <param name="bytes">All memory of the process.</param>
    public static ImageLimits ForMemory(long bytes) => ForMemory(bytes, RuntimeFeature.IsDynamicCodeSupported);

    /// <summary>The same for a process that compiles code as it runs (JIT), or for a Native AOT executable.</summary>
    /// <remarks>With a progressive JPEG and an interlaced PNG at the limits in turn, under an enforced limit of 128, 256 and 512 MB.</remarks>
    public static ImageLimits ForMemory(long bytes, bool compilesAsItRuns)
    {
        long least = compilesAsItRuns ? 104L << 20 : 64L << 20;
        long half = Math.Max(16L << 20, (bytes - Math.Max(least, bytes / 4)) / 2);
        return new ImageLimits
        {
            MaxFileBytes = Math.Min(Default.MaxFileBytes, half),
            MaxDecodedBytes = Math.Min(Default.MaxDecodedBytes, half),
        };
    }
}
