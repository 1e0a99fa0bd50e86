namespace ResizeImage.Imaging.Resampling;

/// <summary>Where a crop is in the image, as the part of each axis that is cut before it: 0 keeps the beginning, 0.5 the center, 1 the end.</summary>
/// <param name="X">The columns cut on the left, of all columns cut.</param>
/// <param name="Y">The rows cut at the top, of all rows cut.</param>
internal readonly record struct CropPlacement(double X, double Y)
{
    /// <summary>The center.</summary>
    public static readonly CropPlacement Center = new(0.5, 0.5);

    /// <summary>
    /// Without a known subject, the crop is around three tenths of the height, where faces are in portraits. Of 195 heads in photos whose height
    /// is cut, it cuts 32, a centered crop 132, sharp's strategies attention and entropy 86 and 108 (<c>bench/focus.py</c>).
    /// </summary>
    private static readonly FocusPoint UpperPart = new(0.5, 0.3);

    /// <summary>The least that counts as cut, in pixels: less comes from rounding.</summary>
    private const double LeastCut = 1e-3;

    /// <summary>Puts a crop around the focus as far as the image reaches.</summary>
    /// <param name="focus">Of the upright image.</param>
    /// <param name="width">Of the upright image in pixels.</param>
    /// <param name="height">Of the upright image in pixels.</param>
    /// <param name="cropWidth">At most <paramref name="width"/>.</param>
    /// <param name="cropHeight">At most <paramref name="height"/>.</param>
    public static CropPlacement Of(ThumbnailFocus focus, int width, int height, double cropWidth, double cropHeight)
    {
        FocusPoint point = focus.Point ?? UpperPart;
        return new CropPlacement(Axis(point.X, width, cropWidth), Axis(point.Y, height, cropHeight));
    }

    /// <summary>True if a crop of this size leaves nothing to place.</summary>
    public static bool IsWhole(int length, double crop) => length - crop < LeastCut;

    /// <summary>The same crop in the stored image.</summary>
    /// <param name="orientation">1 to 8.</param>
    public CropPlacement ToStored(int orientation)
    {
        FocusPoint stored = new FocusPoint(X, Y).ToStored(orientation);
        return new CropPlacement(stored.X, stored.Y);
    }

    private static double Axis(double point, int length, double crop)
    {
        // 0.5 is exact: a focus in the center gives the same bytes on every machine as no focus.
        if (point == 0.5 || IsWhole(length, crop))
        {
            return 0.5;
        }

        double before = ((point * length) - (crop / 2)) / (length - crop);
        return before > 0 ? Math.Min(before, 1) : 0;
    }
}
