using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging;

/// <summary>Size, fit, format and limits of a thumbnail.</summary>
public sealed record ThumbnailOptions
{
    /// <summary>The largest width or height in pixels that is accepted.</summary>
    public const int MaxSide = 4096;

    /// <summary>Width of the thumbnail in pixels, 1 to <see cref="MaxSide"/>.</summary>
    public int Width { get; init; } = 200;

    /// <summary>Height of the thumbnail in pixels, 1 to <see cref="MaxSide"/>.</summary>
    public int Height { get; init; } = 200;

    /// <summary>
    /// Both sides in percent of the upright image's, 1 to 100, within <see cref="Width"/> and <see cref="Height"/>; null if these alone decide.
    /// </summary>
    public int? Percent { get; init; }

    /// <summary>True if the size of the thumbnail depends on that of the image.</summary>
    public bool FollowsPhoto => Fit == ThumbnailFit.Inside;

    /// <summary>Width times height of the largest thumbnail that is to be expected: a side that follows is at most twice the other.</summary>
    public long ExpectedPixels => (long)Math.Min(Width, 2L * Height) * Math.Min(Height, 2 * Width);

    /// <summary>How an image of another shape is fitted.</summary>
    public ThumbnailFit Fit { get; init; } = ThumbnailFit.Cover;

    /// <summary>The part that <see cref="ThumbnailFit.Cover"/> keeps.</summary>
    public ThumbnailFocus Focus { get; init; }

    /// <summary>
    /// The subject of this photo by a source outside its file, a point of the upright image; null if there is none.
    /// <see cref="ThumbnailFocus.Auto"/> prefers it over everything in the file. It belongs to a photo and is not a setting.
    /// </summary>
    public FocusPoint? PhotoFocus { get; init; }

    /// <summary>The file format of the thumbnail; null chooses by <see cref="OutputFormat.Auto"/>.</summary>
    public OutputFormat? Format { get; init; }

    /// <summary>
    /// Quality of JPEG, on the scale of the Independent JPEG Group, or of WebP, on the scale of cwebp: 1 to 100; null chooses by the thumbnail's
    /// size.
    /// </summary>
    public int? Quality { get; init; }

    /// <summary>Writes progressive JPEG: the same pixels, shown coarsely first while it loads, in 1 or 2 % fewer bytes.</summary>
    public bool Progressive { get; init; }

    /// <summary>Fills the bars of <see cref="ThumbnailFit.Contain"/>, and is put under transparent images written as JPEG.</summary>
    public Rgba Background { get; init; } = Rgba.White;

    /// <summary>Also computes <see cref="Thumbnail.ThumbHash"/> and <see cref="Thumbnail.DominantColor"/>. Changes nothing in the file.</summary>
    public bool MakesPlaceholders { get; init; }

    /// <summary>Images over these limits are refused.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;
}

/// <summary>How an image is fitted into the requested size.</summary>
public enum ThumbnailFit
{
    /// <summary>Fills the size; the excess is cropped around <see cref="ThumbnailOptions.Focus"/>. Small images are enlarged.</summary>
    Cover,

    /// <summary>The whole image, centered on a background of exactly the size. Small images are enlarged.</summary>
    Contain,

    /// <summary>The whole image within the size, without background; the thumbnail may be smaller than requested. Never enlarges.</summary>
    Inside,

    /// <summary>Stretched to exactly the size.</summary>
    Fill,
}

/// <summary>An sRGB color with straight (not premultiplied) alpha.</summary>
public readonly record struct Rgba(byte R, byte G, byte B, byte A = 255)
{
    /// <summary>#FFFFFF, opaque.</summary>
    public static readonly Rgba White = new(255, 255, 255);
}

/// <summary>Limits of images, checked on the header before anything is allocated.</summary>
public sealed record ImageLimits
{
    /// <summary>The default limits.</summary>
    public static readonly ImageLimits Default = new();

    /// <summary>
    /// The highest value that settings accept for each limit. No JPEG or GIF has more than 65,535 × 65,535 pixels. A file is read into one array,
    /// with a byte to spare. A Lambda function has at most 10,240 MB of memory, and at most 900 seconds, in which decoding processes about 10¹²
    /// pixels.
    /// </summary>
    public static readonly ImageLimits Highest = new()
    {
        MaxPixels = 1L << 32,
        MaxFileBytes = Array.MaxLength - 1,
        MaxDecodedBytes = 10L << 30,
        MaxWork = 1_000_000_000_000,
    };

    /// <summary>Width times height of the source in pixels.</summary>
    public long MaxPixels { get; init; } = 268_402_689;

    /// <summary>Size of the file in bytes.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>Estimated memory of decoding in bytes, without the file.</summary>
    public long MaxDecodedBytes { get; init; } = 512L << 20;

    /// <summary>
    /// Work that a file may ask for, in units of about a nanosecond of a server's core: its pixels, each with the most that its format can make it
    /// cost without a byte of the file; scans, blocks of compressed data, groups of codes. Time in proportion to the file is not counted (0.15 s a
    /// megabyte at most). In addition, a thumbnail may take 100 units for each of its own pixels.
    /// </summary>
    public long MaxWork { get; init; } = 2_000_000_000;

    /// <summary>
    /// The default limits, adjusted to the memory of a process: a quarter of it, and at least what .NET and the thumbnail need, is reserved; file
    /// and decoding share the rest.
    /// </summary>
    /// <param name="bytes">All memory of the process.</param>
    /// <param name="thumbnailPixels">Width times height of the largest thumbnail.</param>
    public static ImageLimits ForMemory(long bytes, long thumbnailPixels) => ForMemory(bytes, thumbnailPixels, RuntimeFeature.IsDynamicCodeSupported);

    /// <summary>The same for a process with a JIT compiler, or for a Native AOT executable.</summary>
    public static ImageLimits ForMemory(long bytes, long thumbnailPixels, bool compilesAsItRuns)
    {
        // Measured with files at each of these limits, in processes killed at 128, 256 and 512 MB: MemoryTests.
        const long ThumbnailIncluded = 512 * 512;
        const long BytesPerThumbnailPixel = 32;
        long least = (compilesAsItRuns ? 104L << 20 : 64L << 20) + (BytesPerThumbnailPixel * Math.Max(0, thumbnailPixels - ThumbnailIncluded));
        long half = Math.Max(8L << 20, (bytes - Math.Max(least, bytes / 4)) / 2);
        return new ImageLimits
        {
            MaxFileBytes = Math.Min(Default.MaxFileBytes, half),
            MaxDecodedBytes = Math.Min(Default.MaxDecodedBytes, half),
        };
    }
}
