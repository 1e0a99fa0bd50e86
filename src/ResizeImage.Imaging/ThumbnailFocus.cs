using System.Globalization;

namespace ResizeImage.Imaging;

/// <summary>The part of an image that <see cref="ThumbnailFit.Cover"/> keeps. The default value is <see cref="Auto"/>.</summary>
public readonly record struct ThumbnailFocus
{
    /// <summary>
    /// The subject that the photo names: <see cref="ThumbnailOptions.PhotoFocus"/>, regions in XMP, the subject area in EXIF. Without one, the upper
    /// part where height is cut, because faces are there, and the center where width is cut.
    /// </summary>
    public static readonly ThumbnailFocus Auto;

    /// <summary>The center: both sides are cut equally.</summary>
    public static readonly ThumbnailFocus Center = At(new FocusPoint(0.5, 0.5));

    /// <summary>The top where height is cut, the center where width is cut.</summary>
    public static readonly ThumbnailFocus Top = At(new FocusPoint(0.5, 0));

    private ThumbnailFocus(FocusPoint point) => Point = point;

    /// <summary>The point that is put into the middle of the thumbnail, as far as the image reaches; null for <see cref="Auto"/>.</summary>
    public FocusPoint? Point { get; }

    /// <summary>A point of the image.</summary>
    public static ThumbnailFocus At(FocusPoint point) => new(point);

    /// <summary>The text that <see cref="ThumbnailOptionText.TryParseFocus"/> reads as this value.</summary>
    public override string ToString() => this switch
    {
        { Point: null } => "auto",
        _ when this == Center => "center",
        _ when this == Top => "top",
        _ => Point.Value.ToString(),
    };
}

/// <summary>A point of an image.</summary>
/// <param name="X">From the left, 0 to 1 of the width.</param>
/// <param name="Y">From the top, 0 to 1 of the height.</param>
public readonly record struct FocusPoint(double X, double Y)
{
    /// <summary>X and Y with a comma between them, as in 0.5,0.25.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{X},{Y}");

    /// <summary>A point of the upright image as a point of the stored image (Exif 2.32, tag 274).</summary>
    /// <param name="orientation">1 to 8.</param>
    internal FocusPoint ToStored(int orientation)
    {
        (double x, double y) = orientation >= 5 ? (Y, X) : (X, Y);
        return Mirror(x, y, orientation);
    }

    /// <summary>A point of the stored image as a point of the upright image.</summary>
    /// <param name="orientation">1 to 8.</param>
    internal FocusPoint ToUpright(int orientation)
    {
        FocusPoint mirrored = Mirror(X, Y, orientation);
        return orientation >= 5 ? new FocusPoint(mirrored.Y, mirrored.X) : mirrored;
    }

    private static FocusPoint Mirror(double x, double y, int orientation) =>
        new(orientation is 2 or 3 or 7 or 8 ? 1 - x : x, orientation is 3 or 4 or 6 or 7 ? 1 - y : y);
}
