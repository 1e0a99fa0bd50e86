using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging;

/// <summary>The built-in engine: decoders of all formats in <see cref="ImageFormat"/> in managed code, in constant memory.</summary>
public sealed class Thumbnailer : IThumbnailer
{
    /// <summary>
    /// Increased when the engine makes other bytes from the same photos. A reconciliation replaces thumbnails of another version.
    /// </summary>
    public const int Version = 4;

    /// <inheritdoc/>
    public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken = default)
    {
        Limits.CheckFile(file.Length, options.Limits);
        WorkMeter work = new(options.Limits.MaxWork, cancellationToken);
        return ThumbnailPipeline.Run(InputFormat.Open(new ByteSource(file, work)), options, work);
    }

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => InputFormat.Open(file).Info;
}
