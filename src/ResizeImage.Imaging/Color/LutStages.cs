using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>The stages of a profile's tables up to its connection space. A null stage is the identity.</summary>
/// <param name="Input">Curves from samples to grid positions, one for each channel.</param>
/// <param name="Grid">A grid over as many channels.</param>
/// <param name="Middle">Curves after the grid (M curves).</param>
/// <param name="Matrix">The matrix after them.</param>
/// <param name="Output">The last curves (B curves, or output tables).</param>
internal sealed record LutStages(ToneCurve[] Input, ColorGrid Grid, LutCurves? Middle, ColorMatrix? Matrix, LutCurves? Output)
{
    /// <summary>The values in the connection space, 0 to 1, and 1.</summary>
    /// <param name="position">0 to 1 in each channel, after <see cref="Input"/>.</param>
    public Vector128<float> Apply(ReadOnlySpan<float> position)
    {
        Vector128<float> value = Grid.Interpolate(position);
        if (Middle is not null)
        {
            value = Middle.Apply(value);
        }

        if (Matrix is { } matrix)
        {
            value = matrix.Multiply(value);
        }

        return Output is null ? value : Output.Apply(value);
    }
}
