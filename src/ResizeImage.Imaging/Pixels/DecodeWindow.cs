namespace ResizeImage.Imaging.Pixels;

/// <summary>
/// The part of an image to decode, at a reduced scale. The image at 1/<see cref="Scale"/> has ceil(width / Scale) × ceil(height / Scale) pixels;
/// its pixel (x, y) covers the source pixels from (x · Scale, y · Scale) up to but not including ((x + 1) · Scale, (y + 1) · Scale).
/// </summary>
/// <param name="Scale">1, or a reduction that the decoder offers.</param>
/// <param name="X">First column, in pixels of the reduced image.</param>
/// <param name="Y">First row, in pixels of the reduced image.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
internal readonly record struct DecodeWindow(int Scale, int X, int Y, int Width, int Height)
{
    /// <summary>
    /// Resampling will reduce the image by 4/3 or more in both directions: a decoder may omit filters whose effect is then hardly visible.
    /// </summary>
    public bool WillBeDownscaled { get; init; }

    /// <summary>By how much resampling will reduce the window, in the direction that it reduces less; 0 if that is not known.</summary>
    public double Resampling { get; init; }

    /// <summary>The first source row below a row of the window.</summary>
    /// <param name="row">Counted from the window's first row.</param>
    public long SourceEnd(int row) => (Y + row + 1L) * Scale;

    /// <summary>The smallest window that covers windows of the same scale.</summary>
    public static DecodeWindow Union(IReadOnlyList<DecodeWindow> windows)
    {
        DecodeWindow union = windows[0];
        foreach (DecodeWindow window in windows)
        {
            (int x, int y) = (Math.Min(union.X, window.X), Math.Min(union.Y, window.Y));
            int endX = Math.Max(union.X + union.Width, window.X + window.Width);
            int endY = Math.Max(union.Y + union.Height, window.Y + window.Height);
            union = union with { X = x, Y = y, Width = endX - x, Height = endY - y };
        }

        return union;
    }
}
