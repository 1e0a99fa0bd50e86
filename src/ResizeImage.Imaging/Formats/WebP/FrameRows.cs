namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers the wanted rows of a frame from top to bottom, as R, G, B, A bytes.</summary>
internal abstract class FrameRows : IDisposable
{
    /// <summary>Reads the next row of the window.</summary>
    /// <param name="pixels">Four bytes for each column of the window; those of opaque pictures get an alpha of 255.</param>
    /// <returns>False if the file ends, or is damaged, before it; then nothing was written, and nothing more will be.</returns>
    public abstract bool TryRead(Span<byte> pixels);

    /// <summary>Rows of the frame, at full size and from its first one on, that are known to be there.</summary>
    public abstract int Readable { get; }

    /// <summary>What a person should know although all rows could be read; null if nothing.</summary>
    public virtual string? Note => null;

    /// <summary>Returns what was rented.</summary>
    public virtual void Dispose()
    {
    }
}
