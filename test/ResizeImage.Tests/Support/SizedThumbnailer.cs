using ResizeImage.Imaging;

namespace ResizeImage.Tests.Support;

/// <summary>Makes "thumbnails" of a given number of bytes.</summary>
internal sealed class SizedThumbnailer(int bytes) : IThumbnailer
{
    /// <summary>The bytes.</summary>
    public byte[] Data { get; } = [.. Enumerable.Range(0, bytes).Select(i => (byte)i)];

    public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken) =>
        [.. outputs.Select(options => new Thumbnail(Data, OutputFormat.Jpeg, options.Width, options.Height, Identify(file), Eighths: 8, Note: null))];

    public ImageInfo Identify(ReadOnlyMemory<byte> file) => new(ImageFormat.Jpeg, 48, 32, Orientation: 1);
}
