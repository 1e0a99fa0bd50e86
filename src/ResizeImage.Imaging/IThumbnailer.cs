namespace ResizeImage.Imaging;

/// <summary>An engine that makes thumbnails. Implementations are stateless and safe for concurrent use.</summary>
public interface IThumbnailer
{
    /// <summary>Makes a thumbnail of an image file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">What the thumbnail shall be.</param>
    /// <param name="cancellationToken">Ends the work when the time is up.</param>
    /// <exception cref="InvalidImageException">Not an image, or broken.</exception>
    /// <exception cref="UnsupportedImageException">A kind of image that this engine does not read.</exception>
    /// <exception cref="ImageLimitException">Over one of <see cref="ThumbnailOptions.Limits"/>.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was canceled. It is checked at least once per row, scan and block of compressed data.
    /// </exception>
    Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken = default);

    /// <summary>Reads the header of an image file only.</summary>
    /// <param name="file">The whole file, or at least its beginning up to the dimensions.</param>
    /// <exception cref="InvalidImageException">Not an image, or broken.</exception>
    /// <exception cref="UnsupportedImageException">A kind of image that this engine does not read.</exception>
    ImageInfo Identify(ReadOnlyMemory<byte> file);
}
