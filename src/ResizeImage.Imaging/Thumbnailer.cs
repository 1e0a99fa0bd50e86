using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging;

/// <summary>The built-in engine: decoders of all formats in <see cref="ImageFormat"/> in managed code, in constant memory.</summary>
public sealed class Thumbnailer : IThumbnailer
{
    /// <summary>
    /// Increased when the engine makes other bytes from the same photos. A reconciliation replaces thumbnails of another version.
    /// </summary>
    public static int Version => 7;

    /// <summary>The environment variable that turns HEVC off.</summary>
    public const string HevcVariable = "DECODE_HEVC";

    /// <summary>False to refuse images that HEVC codes, which are most HEIC files. A build with -p:Hevc=false always refuses them.</summary>
    public bool DecodesHevc { get; init; } = true;

    /// <inheritdoc/>
    public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken = default) =>
        MakeFrom(file, null, outputs, cancellationToken);

    /// <inheritdoc/>
    public Thumbnail[] Make(
        ReadOnlyMemory<byte> buffer, IArrival arrival, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken = default) =>
        MakeFrom(buffer, arrival, outputs, cancellationToken);

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => InputFormat.Open(file, DecodesHevc).Info;

    /// <summary>Reads what an image file says before its pixels, including the color profile.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">The file is not an image, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is an image of a kind that is not read.</exception>
    public ImageDetails Describe(ReadOnlyMemory<byte> file) => InputFormat.Open(file, DecodesHevc).Describe();

    private Thumbnail[] MakeFrom(ReadOnlyMemory<byte> buffer, IArrival? arrival, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
    {
        ImageLimits limits = outputs[0].Limits;
        Limits.CheckFile(buffer.Length, limits);
        WorkMeter work = new(limits.MaxWork, cancellationToken);
        return ThumbnailPipeline.Run(() => InputFormat.Open(new ByteSource(buffer, work, arrival), DecodesHevc), outputs, work);
    }
}
