namespace ResizeImage.Imaging.Metadata;

/// <summary>A part of an image that metadata calls its subject, in fractions of the image's width and height.</summary>
/// <param name="Kind">The meaning of the part.</param>
/// <param name="Left">0 to 1.</param>
/// <param name="Top">0 to 1.</param>
/// <param name="Right"><paramref name="Left"/> to 1; the same for a point.</param>
/// <param name="Bottom"><paramref name="Top"/> to 1; the same for a point.</param>
internal readonly record struct SubjectRegion(SubjectKind Kind, double Left, double Top, double Right, double Bottom)
{
    public double CenterX => (Left + Right) / 2;

    public double CenterY => (Top + Bottom) / 2;

    public double Area => (Right - Left) * (Bottom - Top);

    /// <summary>The part of a rectangle that is in the image.</summary>
    /// <returns>Null if its center is outside the image, or if a number is not finite or a size is negative.</returns>
    public static SubjectRegion? OfCenter(SubjectKind kind, double x, double y, double width, double height) =>
        x is >= 0 and <= 1 && y is >= 0 and <= 1 && width >= 0 && height >= 0
            ? new SubjectRegion(kind, Math.Max(0, x - (width / 2)), Math.Max(0, y - (height / 2)), Math.Min(1, x + (width / 2)), Math.Min(1, y + (height / 2)))
            : null;

    /// <summary>A region of the stored image as a region of the upright image.</summary>
    /// <param name="orientation">1 to 8.</param>
    public SubjectRegion ToUpright(int orientation)
    {
        FocusPoint first = new FocusPoint(Left, Top).ToUpright(orientation);
        FocusPoint last = new FocusPoint(Right, Bottom).ToUpright(orientation);
        return new SubjectRegion(Kind, Math.Min(first.X, last.X), Math.Min(first.Y, last.Y), Math.Max(first.X, last.X), Math.Max(first.Y, last.Y));
    }

    /// <summary>The smallest region that contains both.</summary>
    public SubjectRegion Union(SubjectRegion other) => new(
        Kind, Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}

/// <summary>The kinds of subjects; the first one present decides.</summary>
internal enum SubjectKind
{
    /// <summary>The crop that an editor recommends for the thumbnail's format: square, landscape or portrait (IPTC).</summary>
    FormatCrop,

    /// <summary>The crop that an editor recommends for any format (IPTC).</summary>
    Crop,

    /// <summary>A face (MWG).</summary>
    Face,

    /// <summary>A face or a person (Microsoft).</summary>
    TaggedPerson,

    /// <summary>An animal (MWG).</summary>
    Pet,

    /// <summary>The main subject, or a person (IPTC).</summary>
    Subject,

    /// <summary>The part in focus (MWG, EXIF).</summary>
    Focus,
}
