namespace ResizeImage.Imaging.Color;

/// <summary>Three numbers: a color in XYZ or RGB, or a row or column of a <see cref="Matrix3"/>.</summary>
internal readonly record struct Triple(double X, double Y, double Z)
{
    public double Dot(Triple other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);
}

/// <summary>A 3×3 matrix in double precision, for computing the factors of pixels.</summary>
/// <param name="Row1">Gives the first number of the product.</param>
/// <param name="Row2">Gives the second.</param>
/// <param name="Row3">Gives the third.</param>
internal readonly record struct Matrix3(Triple Row1, Triple Row2, Triple Row3)
{
    public static readonly Matrix3 Identity = Diagonal(new(1, 1, 1));

    private double Determinant => Row1.Dot(new(
        (Row2.Y * Row3.Z) - (Row2.Z * Row3.Y), (Row2.Z * Row3.X) - (Row2.X * Row3.Z), (Row2.X * Row3.Y) - (Row2.Y * Row3.X)));

    private Matrix3 Transposed => new(new(Row1.X, Row2.X, Row3.X), new(Row1.Y, Row2.Y, Row3.Y), new(Row1.Z, Row2.Z, Row3.Z));

    public static Triple operator *(Matrix3 matrix, Triple column) =>
        new(matrix.Row1.Dot(column), matrix.Row2.Dot(column), matrix.Row3.Dot(column));

    public static Matrix3 operator *(Matrix3 left, Matrix3 right)
    {
        Matrix3 columns = right.Transposed;
        return new(columns * left.Row1, columns * left.Row2, columns * left.Row3);
    }

    public static Matrix3 Diagonal(Triple values) => new(new(values.X, 0, 0), new(0, values.Y, 0), new(0, 0, values.Z));

    public static Matrix3 FromColumns(Triple first, Triple second, Triple third) => new Matrix3(first, second, third).Transposed;

    /// <summary>The inverse; null if there is none, or if rounding would dominate it.</summary>
    public Matrix3? Inverse()
    {
        double determinant = Determinant;
        if (!(Math.Abs(determinant) > 1e-9))
        {
            return null;
        }

        // The cross products of the rows are the columns of the inverse, times the determinant.
        return FromColumns(Cross(Row2, Row3, determinant), Cross(Row3, Row1, determinant), Cross(Row1, Row2, determinant));
    }

    /// <summary>Every element differs from the other matrix's by at most a distance.</summary>
    public bool IsNear(Matrix3 other, double distance) =>
        IsNear(Row1, other.Row1, distance) && IsNear(Row2, other.Row2, distance) && IsNear(Row3, other.Row3, distance);

    private static bool IsNear(Triple a, Triple b, double distance) =>
        Math.Abs(a.X - b.X) <= distance && Math.Abs(a.Y - b.Y) <= distance && Math.Abs(a.Z - b.Z) <= distance;

    private static Triple Cross(Triple a, Triple b, double divisor) => new(
        ((a.Y * b.Z) - (a.Z * b.Y)) / divisor, ((a.Z * b.X) - (a.X * b.Z)) / divisor, ((a.X * b.Y) - (a.Y * b.X)) / divisor);
}
