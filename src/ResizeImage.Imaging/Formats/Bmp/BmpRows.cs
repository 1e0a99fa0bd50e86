namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>The stored rows, in the order of the file.</summary>
internal abstract class BmpRows
{
    /// <summary>How many of them the file has: the first so many.</summary>
    public abstract int Count { get; }

    /// <summary>A stored row, whole; valid until the next call.</summary>
    /// <param name="row">Less than <see cref="Count"/>.</param>
    public abstract ReadOnlySpan<byte> Read(int row);
}
