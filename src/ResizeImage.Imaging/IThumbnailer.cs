namespace ResizeImage.Imaging;

/// <summary>An engine that makes thumbnails. Implementations are stateless and safe for concurrent use.</summary>
public interface IThumbnailer
{
    /// <summary>Makes thumbnails of an image file. Each is the same as if it were the only one.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="outputs">Size, fit and format of each, at least one; the limits are those of the first.</param>
    /// <param name="cancellationToken">Ends the work when the time is up.</param>
    /// <returns>A thumbnail for each of <paramref name="outputs"/>, in their order.</returns>
    /// <exception cref="InvalidImageException">The file is not an image, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is an image of a kind that this engine does not read.</exception>
    /// <exception cref="ImageLimitException">The image exceeds one of <see cref="ThumbnailOptions.Limits"/>.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was canceled. It is checked at least once per row, scan and block of compressed data.
    /// </exception>
    Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken = default);

    /// <summary>Makes thumbnails of a file while it arrives. It need not arrive to its end.</summary>
    /// <param name="buffer">As long as the file.</param>
    /// <param name="arrival">Fills the buffer.</param>
    /// <param name="outputs">Size, fit and format of each, at least one; the limits are those of the first.</param>
    /// <param name="cancellationToken">Ends the work when the time is up; the arrival has to end by itself.</param>
    /// <returns>The same thumbnails as of the whole file.</returns>
    /// <inheritdoc cref="Make(ReadOnlyMemory{byte}, IReadOnlyList{ThumbnailOptions}, CancellationToken)"/>
    Thumbnail[] Make(
        ReadOnlyMemory<byte> buffer, IArrival arrival, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken = default)
    {
        arrival.WaitFor(buffer.Length);
        return Make(buffer, outputs, cancellationToken);
    }

    /// <summary>Reads the header of an image file.</summary>
    /// <param name="file">The whole file, or at least its beginning up to the dimensions.</param>
    /// <exception cref="InvalidImageException">The file is not an image, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is an image of a kind that this engine does not read.</exception>
    ImageInfo Identify(ReadOnlyMemory<byte> file);
}

/// <summary>Shorter calls of <see cref="IThumbnailer"/>.</summary>
public static class ThumbnailerExtensions
{
    /// <summary>Makes one thumbnail of an image file.</summary>
    /// <param name="thumbnailer">The engine.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="options">Size, fit, format and limits.</param>
    /// <param name="cancellationToken">Ends the work when the time is up.</param>
    /// <inheritdoc cref="IThumbnailer.Make(ReadOnlyMemory{byte}, IReadOnlyList{ThumbnailOptions}, CancellationToken)"/>
    public static Thumbnail Make(
        this IThumbnailer thumbnailer, ReadOnlyMemory<byte> file, ThumbnailOptions options, CancellationToken cancellationToken = default) =>
        thumbnailer.Make(file, [options], cancellationToken)[0];
}
