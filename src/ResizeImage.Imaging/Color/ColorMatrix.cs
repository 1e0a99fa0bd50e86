using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// A matrix and offset for pixels of four floats. The fourth is 1, or alpha that the others are premultiplied with: it multiplies the offset,
/// which is correct for both. Products are added in one order, without fused multiply-add.
/// </summary>
internal readonly struct ColorMatrix
{
    private readonly Vector128<float> _first;
    private readonly Vector128<float> _second;
    private readonly Vector128<float> _third;
    private readonly Vector128<float> _fourth;

    /// <param name="matrix">For the first three floats.</param>
    /// <param name="offset">Added to them.</param>
    public ColorMatrix(Matrix3 matrix, Triple offset = default)
    {
        _first = Vector128.Create((float)matrix.Row1.X, (float)matrix.Row2.X, (float)matrix.Row3.X, 0);
        _second = Vector128.Create((float)matrix.Row1.Y, (float)matrix.Row2.Y, (float)matrix.Row3.Y, 0);
        _third = Vector128.Create((float)matrix.Row1.Z, (float)matrix.Row2.Z, (float)matrix.Row3.Z, 0);
        _fourth = Vector128.Create((float)offset.X, (float)offset.Y, (float)offset.Z, 1);
    }

    /// <summary>Applies the matrix to one pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Multiply(Vector128<float> pixel) =>
        (_first * Vector128.Shuffle(pixel, Vector128.Create(0, 0, 0, 0)))
        + (_second * Vector128.Shuffle(pixel, Vector128.Create(1, 1, 1, 1)))
        + (_third * Vector128.Shuffle(pixel, Vector128.Create(2, 2, 2, 2)))
        + (_fourth * Vector128.Shuffle(pixel, Vector128.Create(3, 3, 3, 3)));

    /// <summary>Applies the matrix to a row of pixels, in place.</summary>
    public void Apply(Span<float> row)
    {
        foreach (ref Vector128<float> pixel in MemoryMarshal.Cast<float, Vector128<float>>(row))
        {
            pixel = Multiply(pixel);
        }
    }
}
