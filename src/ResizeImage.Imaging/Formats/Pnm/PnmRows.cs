namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>The rows of a raster, in order.</summary>
internal abstract class PnmRows
{
    /// <summary>Rows that the file has, or rows read so far where that is not known in advance.</summary>
    public abstract int Count { get; }

    /// <summary>A row as a raw file has it, except that <see cref="PnmPlainRows"/> gives one byte for each bit of a PBM.</summary>
    /// <param name="y">Above that of the call before.</param>
    /// <returns>Valid until the next call; empty if the file does not have the whole row.</returns>
    public abstract ReadOnlySpan<byte> Read(int y);
}
