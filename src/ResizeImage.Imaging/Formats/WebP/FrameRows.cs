using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers the wanted rows of a frame from top to bottom.</summary>
internal abstract class FrameRows : IDisposable
{
    /// <summary>The layout of the rows.</summary>
    public abstract PixelLayout Layout { get; }

    /// <summary>Reads the next row of the window.</summary>
    /// <param name="row">Receives the window's columns in <see cref="Layout"/>.</param>
    /// <returns>False if the file ends, or is corrupt, before it; then nothing was written, and nothing more will be.</returns>
    public abstract bool TryRead(Span<byte> row);

    /// <summary>Rows of the frame, at full size and from its first one on, that are known to be there.</summary>
    public abstract int Readable { get; }

    /// <summary>What a person should know although all rows could be read; null if nothing.</summary>
    public virtual string? Note => null;

    /// <summary>Returns what was rented.</summary>
    public virtual void Dispose()
    {
    }
}
