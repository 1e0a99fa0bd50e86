using ResizeImage.Imaging;

namespace ResizeImage;

/// <summary>One engine, and another for the kinds of pictures that the first does not read.</summary>
internal sealed class FallbackThumbnailer(IThumbnailer first, IThumbnailer second) : IThumbnailer
{
    /// <inheritdoc/>
    public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return first.Make(file, options, cancellationToken);
        }
        catch (UnsupportedImageException)
        {
            return second.Make(file, options, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file)
    {
        try
        {
            return first.Identify(file);
        }
        catch (UnsupportedImageException)
        {
            return second.Identify(file);
        }
    }
}
