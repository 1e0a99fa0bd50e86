using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging;

/// <summary>The built-in engine: JPEG, PNG, WebP, GIF and BMP in managed code, in constant memory.</summary>
public sealed class Thumbnailer : IThumbnailer
{
    /// <inheritdoc/>
    public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken = default)
    {
        Limits.CheckFile(file.Length, options.Limits);
        WorkMeter work = new(options.Limits.MaxWork, cancellationToken);
        return ThumbnailPipeline.Run(FormatDetector.Open(new ImageSource(file, work)), options, work);
    }

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => FormatDetector.Open(file).Info;
}
