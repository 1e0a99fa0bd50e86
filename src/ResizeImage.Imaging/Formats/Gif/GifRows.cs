namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Delivers the wanted part of a frame's rows from top to bottom.</summary>
internal abstract class GifRows
{
    /// <summary>What a person should know of the rows read so far; null if nothing.</summary>
    public string? Note { get; protected set; }

    /// <summary>Reads a row of the frame.</summary>
    /// <param name="y">More than in the call before, within the wanted part.</param>
    /// <returns>An index a pixel for the wanted columns; fewer where the data ends. Valid until the next call.</returns>
    /// <exception cref="InvalidImageException">There is not even one whole row.</exception>
    public abstract ReadOnlySpan<byte> Read(int y);

    /// <summary>The note for a frame whose last rows cannot be read.</summary>
    protected static string RowsNote(int rows, int height) =>
        $"The GIF is truncated or corrupt: only the first {rows} of its {height} rows are there; the others are blank.";
}
