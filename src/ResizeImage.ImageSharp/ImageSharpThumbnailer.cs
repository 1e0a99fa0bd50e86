using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp;

/// <summary>
/// The engine on ImageSharp, for the formats that the built-in one does not read. ImageSharp only decodes; geometry, resampling and
/// encoding are those of the built-in engine, so that thumbnails look the same and no metadata reaches them.
/// Unlike there, the whole picture is in memory.
/// </summary>
public sealed class ImageSharpThumbnailer : IThumbnailer
{
    /// <inheritdoc/>
    public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken = default)
    {
        Limits.CheckFile(file.Length, options.Limits);
        WorkMeter work = new(options.Limits.MaxWork, cancellationToken);
        return ThumbnailPipeline.Run(ImageSharpDecoder.Read(file, options.Limits.MaxDecodedBytes), options, work);
    }

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => ImageSharpDecoder.Read(file, ImageLimits.Default.MaxDecodedBytes).Info;
}
