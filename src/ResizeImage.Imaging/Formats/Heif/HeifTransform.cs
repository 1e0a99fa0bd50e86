namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>
/// The transformations of an item (ISO/IEC 23008-12, 6.5.9, 6.5.10 and 6.5.12) combined: a crop of the stored picture, then one of the eight
/// orientations.
/// </summary>
/// <param name="X">First column of the crop.</param>
/// <param name="Y">First row of the crop.</param>
/// <param name="Width">Columns of the crop.</param>
/// <param name="Height">Rows of the crop.</param>
/// <param name="Orientation">As in EXIF, 1 to 8.</param>
internal readonly record struct HeifTransform(int X, int Y, int Width, int Height, int Orientation = 1)
{
    /// <summary>
    /// For each EXIF orientation from 1 on: where a column and a row of the stored picture lead in the upright one, x' = A·x + B·y and
    /// y' = C·x + D·y with y downward.
    /// </summary>
    private static readonly (int A, int B, int C, int D)[] Matrices =
    [
        (1, 0, 0, 1), (-1, 0, 0, 1), (-1, 0, 0, -1), (1, 0, 0, -1), (0, 1, 1, 0), (0, -1, 1, 0), (0, -1, -1, 0), (0, 1, -1, 0),
    ];

    /// <summary>Columns of the upright image.</summary>
    private int UprightWidth => Orientation >= 5 ? Height : Width;

    /// <summary>Rows of the upright image.</summary>
    private int UprightHeight => Orientation >= 5 ? Width : Height;

    /// <summary>Applies the transformations among properties in their order.</summary>
    /// <exception cref="InvalidImageException">A transformation is corrupt.</exception>
    public HeifTransform Then(List<ItemProperty> properties)
    {
        HeifTransform result = this;
        foreach (ItemProperty property in properties)
        {
            BoxReader reader = new(property.Payload.Span, property.Type);
            result = property.Type switch
            {
                BoxType.Irot => result.Turned(reader.ReadByte() & 3),
                BoxType.Imir => result.Turned((reader.ReadByte() & 1) == 0 ? (1, 0, 0, -1) : (-1, 0, 0, 1)),
                BoxType.Clap => result.Cropped(reader),
                _ => result,
            };
        }

        return result;
    }

    /// <summary>The orientation alone, for another picture of the same scene.</summary>
    public HeifTransform OrientationFor(int width, int height) => new(0, 0, width, height, Orientation);

    /// <summary>True if properties have a transformation that changes a picture.</summary>
    public static bool IsIn(List<ItemProperty> properties) => properties.Exists(property =>
        property.Type is BoxType.Imir or BoxType.Clap || (property.Type == BoxType.Irot && !property.Payload.IsEmpty && (property.Payload.Span[0] & 3) != 0));

    /// <summary>Quarter turns counter-clockwise.</summary>
    private HeifTransform Turned(int quarters)
    {
        HeifTransform result = this;
        for (int i = 0; i < quarters; i++)
        {
            result = result.Turned((0, 1, -1, 0));
        }

        return result;
    }

    private HeifTransform Turned((int A, int B, int C, int D) next)
    {
        (int A, int B, int C, int D) own = Matrices[Orientation - 1];
        (int A, int B, int C, int D) both =
        (
            (next.A * own.A) + (next.B * own.C),
            (next.A * own.B) + (next.B * own.D),
            (next.C * own.A) + (next.D * own.C),
            (next.C * own.B) + (next.D * own.D));
        return this with { Orientation = Array.IndexOf(Matrices, both) + 1 };
    }

    /// <summary>
    /// The clean aperture (ISO/IEC 14496-12, 12.1.4): width, height, and the offsets of its center from the picture's, each a numerator and a
    /// denominator of 32 bits.
    /// </summary>
    private HeifTransform Cropped(BoxReader reader)
    {
        (uint widthN, uint widthD, uint heightN, uint heightD) = (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
        (int left, int columns) = Side(UprightWidth, widthN, widthD, reader.ReadInt32(), reader.ReadUInt32());
        (int top, int rows) = Side(UprightHeight, heightN, heightD, reader.ReadInt32(), reader.ReadUInt32());

        // Back to the stored picture: the columns of a turned image are its rows, and a mirrored axis counts from the other end.
        (int a, int b, int c, int d) = Matrices[Orientation - 1];
        return b == 0
            ? this with
            {
                X = X + (a > 0 ? left : Width - left - columns),
                Y = Y + (d > 0 ? top : Height - top - rows),
                Width = columns,
                Height = rows,
            }
            : this with
            {
                X = X + (c > 0 ? top : Width - top - rows),
                Y = Y + (b > 0 ? left : Height - left - columns),
                Width = rows,
                Height = columns,
            };
    }

    /// <summary>
    /// The pixels from offset + (length - size) / 2 on, rounded to the nearest and within the picture. Products of three numbers of 32 bits and
    /// a factor fit in 128.
    /// </summary>
    private static (int First, int Count) Side(int length, uint sizeN, uint sizeD, int offsetN, uint offsetD)
    {
        if (sizeD == 0 || offsetD == 0)
        {
            throw HeifErrors.Corrupt("its property \"clap\" divides by zero");
        }

        Int128 twice = 2 * (Int128)sizeD * offsetD;
        Int128 first = Floor((2 * (Int128)offsetN * sizeD) + (offsetD * (((Int128)length * sizeD) - sizeN)) + ((Int128)sizeD * offsetD), twice);
        Int128 count = Floor((2 * (Int128)sizeN) + sizeD, 2 * (Int128)sizeD);
        Int128 end = Int128.Min(first + count, length);
        first = Int128.Max(first, 0);
        return end > first ? ((int)first, (int)(end - first)) : throw HeifErrors.Corrupt("its property \"clap\" leaves nothing of the image");
    }

    private static Int128 Floor(Int128 numerator, Int128 positive)
    {
        (Int128 quotient, Int128 remainder) = Int128.DivRem(numerator, positive);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
