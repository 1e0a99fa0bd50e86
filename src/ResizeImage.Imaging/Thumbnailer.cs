namespace ResizeImage.Imaging;

/// <summary>The built-in engine.</summary>
public sealed class Thumbnailer : IThumbnailer
{
    /// <inheritdoc/>
    public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options) => throw new UnsupportedImageException("TODO");

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => throw new UnsupportedImageException("TODO");
}
