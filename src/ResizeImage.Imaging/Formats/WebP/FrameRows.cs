using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers the window's rows of a frame from top to bottom.</summary>
internal abstract class FrameRows : IDisposable
{
    public abstract PixelLayout Layout { get; }

    /// <summary>Reads the next row of the window.</summary>
    /// <param name="row">Receives the window's columns in <see cref="Layout"/>.</param>
    /// <returns>False if the data ends, or is corrupt, before the row's end; then nothing was written, and nothing more will be.</returns>
    public abstract bool TryRead(Span<byte> row);

    /// <summary>Rows of the frame, at full size and from its first one on, that are known to be readable.</summary>
    public abstract int Readable { get; }

    /// <summary>A note for the user although all rows could be read; null if there is none.</summary>
    public virtual string? Note => null;

    /// <summary>Returns rented buffers.</summary>
    public virtual void Dispose()
    {
    }
}
