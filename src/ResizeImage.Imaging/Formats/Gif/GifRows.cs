namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Delivers the window's part of a frame's rows from top to bottom.</summary>
internal abstract class GifRows
{
    /// <summary>A note for the user on the rows read so far; null if there is none.</summary>
    public string? Note { get; protected set; }

    /// <summary>Reads a row of the frame.</summary>
    /// <param name="y">Greater than in the call before, within the window.</param>
    /// <returns>An index a pixel for the window's columns; fewer where the data ends. Valid until the next call.</returns>
    /// <exception cref="InvalidImageException">Not one whole row can be read.</exception>
    public abstract ReadOnlySpan<byte> Read(int y);

    /// <summary>The note for a frame whose last rows cannot be read.</summary>
    protected static string RowsNote(int rows, int height) =>
        $"The GIF is truncated or corrupt: only the first {rows} of its {height} rows are there; the others are blank.";
}
