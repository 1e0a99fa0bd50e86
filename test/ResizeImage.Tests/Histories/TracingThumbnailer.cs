using ResizeImage.Imaging;

namespace ResizeImage.Tests.Histories;

/// <summary>Makes "thumbnails" that identify their source; it makes none of a photo whose first byte is 0.</summary>
internal sealed class TracingThumbnailer : IThumbnailer
{
    /// <summary>The thumbnail of a photo; null if there can be none.</summary>
    public static (byte[] Data, OutputFormat Format)? Of(ReadOnlySpan<byte> photo) =>
        photo[0] == 0 ? null : ([(byte)'T', .. photo], photo[0] % 2 == 0 ? OutputFormat.Jpeg : OutputFormat.Png);

    /// <summary>The thumbnail of one output: other outputs have other bytes.</summary>
    public static byte[] DataOf(byte[] thumbnail, ThumbnailOptions options) => [.. thumbnail, (byte)options.Width];

    public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
    {
        (byte[] data, OutputFormat format) = Of(file.Span) ?? throw new InvalidImageException("It begins with 0.");
        return [.. outputs.Select(options => new Thumbnail(DataOf(data, options), format, options.Width, options.Height, Identify(file), Eighths: 8, Note: null))];
    }

    public ImageInfo Identify(ReadOnlyMemory<byte> file) => new(ImageFormat.Png, 1, 1, Orientation: 1);
}
