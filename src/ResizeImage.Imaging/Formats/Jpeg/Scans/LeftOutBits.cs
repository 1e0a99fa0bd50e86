using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The bits of a component's coefficients that a window does not use, because scans that refine them need not be decoded for it
/// (<see cref="ProgressiveDetail"/>). If they are decoded for another window, they do not count: a window is the same with others and alone.
/// </summary>
/// <param name="kept">Coefficients of a block that are used, in zig-zag order, 1 to 64.</param>
internal sealed class LeftOutBits(int kept)
{
    /// <summary>For each coefficient, how many of its lowest bits.</summary>
    private readonly int[] _bits = new int[kept];

    /// <summary>Coefficients of a block that are used.</summary>
    public int Kept => kept;

    /// <summary>Leaves out a refinement scan.</summary>
    public void Add(ScanHeader refinement)
    {
        for (int k = refinement.SpectralStart; k <= refinement.SpectralEnd && k < kept; k++)
        {
            _bits[k] = Math.Max(_bits[k], refinement.ApproximationHigh);
        }
    }

    /// <summary>The best estimate for a coefficient without its left out bits: the middle of their range, or 0 if no other bit is set.</summary>
    /// <param name="k">Its number in zig-zag order.</param>
    /// <param name="value">The coefficient, with or without these bits.</param>
    public int Estimate(int k, int value)
    {
        // The point transform of AC coefficients divides and rounds toward zero (T.81 G.1.2.1).
        int high = (Math.Abs(value) >> _bits[k]) << _bits[k];
        return high == 0 ? 0 : Math.Sign(value) * (high + Middle(k));
    }

    /// <summary>The same for a vector of blocks.</summary>
    public Vector<int> Estimate(int k, Vector<int> values)
    {
        if (_bits[k] == 0)
        {
            return values;
        }

        Vector<int> high = (Vector.Abs(values) >> _bits[k]) << _bits[k];
        Vector<int> estimate = Vector.ConditionalSelect(Vector.Equals(high, Vector<int>.Zero), high, high + new Vector<int>(Middle(k)));
        return Vector.ConditionalSelect(Vector.LessThan(values, Vector<int>.Zero), -estimate, estimate);
    }

    private int Middle(int k) => 1 << _bits[k] >> 1;
}
