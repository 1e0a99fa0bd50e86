using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging;

/// <summary>The file formats of thumbnails, one row each, with everything that other code needs. A new format is a row and its encoder.</summary>
public sealed class OutputFormat
{
    /// <summary>JPEG, ITU-T T.81.</summary>
    public static readonly OutputFormat Jpeg = new(
        ImageFormat.Jpeg,
        "image/jpeg",
        ["jpg", "jpeg", "jpe", "jfif"],
        hasAlpha: false,
        (bitmap, options, work) => JpegEncoder.Encode(
            bitmap, options.Quality ?? JpegEncoder.DefaultQuality(bitmap.Width, bitmap.Height), options.Progressive, work));

    /// <summary>PNG, W3C third edition.</summary>
    public static readonly OutputFormat Png = new(
        ImageFormat.Png,
        "image/png",
        ["png"],
        hasAlpha: true,
        (bitmap, _, work) => PngEncoder.Encode(bitmap, work));

    /// <summary>WebP, RFC 9649: lossy, or lossless where that is smaller.</summary>
    public static readonly OutputFormat WebP = new(
        ImageFormat.WebP,
        "image/webp",
        ["webp"],
        hasAlpha: true,
        (bitmap, options, work) => WebPEncoder.Encode(bitmap, options.Quality ?? WebPEncoder.DefaultQuality(bitmap.Width, bitmap.Height), work));

    // The order matters to Auto, which never chooses WebP.
    private static readonly OutputFormat[] Rows = [Jpeg, Png, WebP];

    private readonly string[] _extensions;
    private readonly Encoder _encode;

    private OutputFormat(ImageFormat imageFormat, string mediaType, string[] extensions, bool hasAlpha, Encoder encode)
    {
        ImageFormat = imageFormat;
        Name = imageFormat.ToString().ToLowerInvariant();
        MediaType = mediaType;
        HasAlpha = hasAlpha;
        _extensions = extensions;
        _encode = encode;
    }

    private delegate byte[] Encoder(Bitmap bitmap, ThumbnailOptions options, WorkMeter work);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<OutputFormat> All => Rows;

    /// <summary>The format that engines detect in the file.</summary>
    public ImageFormat ImageFormat { get; }

    /// <summary>The name in settings: jpeg.</summary>
    public string Name { get; }

    /// <summary>The Content-Type of the file.</summary>
    public string MediaType { get; }

    /// <summary>The file's extension without a dot: jpg.</summary>
    public string Extension => _extensions[0];

    /// <summary>True if transparent pixels stay transparent; if false, they are composited over the background.</summary>
    public bool HasAlpha { get; }

    /// <summary>The default format: the first that keeps the thumbnail's transparency.</summary>
    public static OutputFormat Auto(bool isTransparent) => Array.Find(Rows, format => format.HasAlpha || !isTransparent)!;

    /// <summary>The format of this name or <see cref="Extension"/>, in upper or lower case; null if there is none.</summary>
    public static OutputFormat? OfName(string name) => Array.Find(Rows, format => AreEqual(name, format.Name) || AreEqual(name, format.Extension));

    /// <summary>The format of this media type; null if there is none.</summary>
    public static OutputFormat? OfMediaType(string? mediaType) => Array.Find(Rows, format => AreEqual(mediaType, format.MediaType));

    /// <summary>The format whose files have this extension, which begins with a dot; null if there is none.</summary>
    public static OutputFormat? OfExtension(string extension) =>
        Array.Find(Rows, format => Array.Exists(format._extensions, known => AreEqual(extension, "." + known)));

    /// <summary>The name as in <see cref="ImageFormat"/>. Settings fingerprints contain it: another text would make all thumbnails outdated.</summary>
    public override string ToString() => ImageFormat.ToString();

    /// <summary>Encodes the file.</summary>
    internal byte[] Encode(Bitmap bitmap, ThumbnailOptions options, WorkMeter work) =>
        _encode(HasAlpha ? bitmap : Canvas.Flatten(bitmap, options.Background), options, work);

    private static bool AreEqual(string? one, string other) => other.Equals(one, StringComparison.OrdinalIgnoreCase);
}
