namespace ResizeImage.Imaging;

/// <summary>An engine that makes thumbnails. Implementations are stateless and safe for concurrent use.</summary>
public interface IThumbnailer
{
    /// <summary>Makes a thumbnail of an image file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">Size, fit, format and limits.</param>
    /// <param name="cancellationToken">Ends the work when the time is up.</param>
    /// <exception cref="InvalidImageException">The file is not an image, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is an image of a kind that this engine does not read.</exception>
    /// <exception cref="ImageLimitException">The image exceeds one of <see cref="ThumbnailOptions.Limits"/>.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was canceled. It is checked at least once per row, scan and block of compressed data.
    /// </exception>
    Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken = default);

    /// <summary>Reads the header of an image file.</summary>
    /// <param name="file">The whole file, or at least its beginning up to the dimensions.</param>
    /// <exception cref="InvalidImageException">The file is not an image, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is an image of a kind that this engine does not read.</exception>
    ImageInfo Identify(ReadOnlyMemory<byte> file);
}
