namespace ResizeImage.Imaging.Pixels;

/// <summary>
/// The part of an image to decode, at a reduced scale. The image at a scale of n/8 has ceil(width · n / 8) × ceil(height · n / 8) pixels; its pixel
/// (x, y) covers the source from (x · 8 / n, y · 8 / n) to ((x + 1) · 8 / n, (y + 1) · 8 / n).
/// </summary>
/// <param name="Eighths">The scale: 8, or what the decoder offers.</param>
/// <param name="X">First column, in pixels of the reduced image.</param>
/// <param name="Y">First row, in pixels of the reduced image.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
internal readonly record struct DecodeWindow(int Eighths, int X, int Y, int Width, int Height)
{
    /// <summary>True below the full scale.</summary>
    public bool IsReduced => Eighths < 8;

    /// <summary>
    /// Resampling will reduce the image by 4/3 or more in both directions: a decoder may omit filters whose effect is then hardly visible.
    /// </summary>
    public bool WillBeDownscaled { get; init; }

    /// <summary>By how much decoding and resampling reduce together, in the direction that is reduced less; 0 if that is not known.</summary>
    public double Reduction { get; init; }

    /// <summary>The first source row below a row of the window.</summary>
    /// <param name="row">Counted from the window's first row.</param>
    public long SourceEnd(int row) => (((Y + row + 1L) * 8) + Eighths - 1) / Eighths;

    /// <summary>The length of an axis of the image at a scale.</summary>
    /// <param name="length">In pixels of the source.</param>
    /// <param name="eighths">The scale.</param>
    public static int Reduce(int length, int eighths) => (int)((((long)length * eighths) + 7) / 8);

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
