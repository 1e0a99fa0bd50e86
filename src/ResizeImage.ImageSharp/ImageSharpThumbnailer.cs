using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp;

/// <summary>
/// An engine on ImageSharp, which also reads TIFF, TGA, QOI and PBM. ImageSharp only decodes; geometry, resampling and encoding are those of
/// the built-in engine, so thumbnails look the same and no metadata reaches them. Unlike the built-in engine, it holds the whole image in
/// memory. Only for files of trusted senders: this version has known vulnerabilities without a fix (<see cref="TiffGuard"/>).
/// </summary>
public sealed class ImageSharpThumbnailer : IThumbnailer
{
    /// <inheritdoc/>
    public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken = default)
    {
        ImageLimits limits = outputs[0].Limits;
        Limits.CheckFile(file.Length, limits);
        WorkMeter work = new(limits.MaxWork, cancellationToken);
        return ThumbnailPipeline.Run(() => ImageSharpDecoder.Read(file, limits.MaxDecodedBytes), outputs, work);
    }

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => ImageSharpDecoder.Read(file, ImageLimits.Default.MaxDecodedBytes).Info;
}
