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
}
