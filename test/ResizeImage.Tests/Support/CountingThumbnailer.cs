using ResizeImage.Imaging;

namespace ResizeImage.Tests.Support;

/// <summary>The engine, counted.</summary>
internal sealed class CountingThumbnailer : IThumbnailer
{
    private int _made;

    /// <summary>How many photos were decoded.</summary>
    public int Decoded => _made;

    public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _made);
        return new Thumbnailer().Make(file, outputs, cancellationToken);
    }

    public ImageInfo Identify(ReadOnlyMemory<byte> file) => new Thumbnailer().Identify(file);
}
