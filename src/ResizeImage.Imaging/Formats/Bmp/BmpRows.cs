namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>The stored rows, in file order.</summary>
internal abstract class BmpRows
{
    /// <summary>The number of rows that the file has, from the first one on.</summary>
    public abstract int Count { get; }

    /// <summary>A whole stored row; valid until the next call.</summary>
    /// <param name="row">Less than <see cref="Count"/>.</param>
    public abstract ReadOnlySpan<byte> Read(int row);
}
