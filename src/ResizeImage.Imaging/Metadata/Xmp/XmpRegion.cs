using System.Globalization;

namespace ResizeImage.Imaging.Metadata.Xmp;

/// <summary>The fields of a region as a packet states them; NaN for numbers that it does not state.</summary>
internal struct XmpRegion()
{
    /// <summary>The meaning; null if it is none that is used.</summary>
    public SubjectKind? Kind;

    /// <summary>Lengths are pixels, not fractions.</summary>
    public bool IsInPixels;

    /// <summary>The shape is a circle by its center (IPTC).</summary>
    public bool IsCircle;

    /// <summary>The camera did not use this part for focusing (MWG).</summary>
    public bool IsUnused;

    public double X = double.NaN;
    public double Y = double.NaN;
    public double Width = double.NaN;
    public double Height = double.NaN;

    /// <summary>Diameter (MWG) or radius (IPTC) of a circle.</summary>
    public double Round = double.NaN;

    /// <summary>The bounds of the vertices of a polygon.</summary>
    public double MinX = double.NaN;
    public double MaxX = double.NaN;
    public double MinY = double.NaN;
    public double MaxY = double.NaN;

    /// <summary>A finite number; NaN if the text is none.</summary>
    public static double Number(ReadOnlySpan<byte> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : double.NaN;

    /// <summary>MWG (guidelines 2.0, 5.9): x and y are the center; the diameter of a circle is a fraction of the shorter side.</summary>
    /// <param name="width">Of the image.</param>
    /// <param name="height">Of the image.</param>
    public readonly SubjectRegion? ToMwg(double width, double height)
    {
        double shorter = Math.Min(width, height);
        return Kind is not { } kind || IsInPixels || (IsUnused && kind == SubjectKind.Focus) ? null : SubjectRegion.OfCenter(
            kind, X, Y, Size(Width, Round * shorter / width), Size(Height, Round * shorter / height));
    }

    /// <summary>IPTC (Photo Metadata Standard, Region Boundary): x and y are the corner of a rectangle or the center of a circle.</summary>
    /// <param name="width">Of the image.</param>
    /// <param name="height">Of the image.</param>
    public readonly SubjectRegion? ToIptc(double width, double height)
    {
        if (Kind is not { } kind)
        {
            return null;
        }

        double unitX = IsInPixels ? width : 1;
        double unitY = IsInPixels ? height : 1;
        if (IsCircle)
        {
            // The radius is a fraction of the width.
            double diameter = 2 * Round / unitX;
            return SubjectRegion.OfCenter(kind, X / unitX, Y / unitY, diameter, diameter * width / height);
        }

        return double.IsNaN(MinX) || double.IsNaN(MinY)
            ? SubjectRegion.OfCenter(kind, (X + (Width / 2)) / unitX, (Y + (Height / 2)) / unitY, Width / unitX, Height / unitY)
            : SubjectRegion.OfCenter(kind, (MinX + MaxX) / 2 / unitX, (MinY + MaxY) / 2 / unitY, (MaxX - MinX) / unitX, (MaxY - MinY) / unitY);
    }

    /// <summary>Microsoft: x and y are the corner of a rectangle.</summary>
    public readonly SubjectRegion? ToMicrosoft() =>
        SubjectRegion.OfCenter(SubjectKind.TaggedPerson, X + (Width / 2), Y + (Height / 2), Width, Height);

    /// <summary>Adds a coordinate of a polygon's vertex.</summary>
    public static void Extend(ref double min, ref double max, double value)
    {
        min = value >= min ? min : value;
        max = value <= max ? max : value;
    }

    private static double Size(double stated, double round) => !double.IsNaN(stated) ? stated : !double.IsNaN(round) ? round : 0;
}
