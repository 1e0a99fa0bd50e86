using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>The steps of a profile's tables up to its connection space; those that do nothing are null.</summary>
/// <param name="Input">Curves from samples to places in the grid, one for each channel.</param>
/// <param name="Grid">Over as many channels.</param>
/// <param name="Middle">Curves after it (M curves).</param>
/// <param name="Matrix">Then a matrix.</param>
/// <param name="Output">Then curves again (B curves, or output tables).</param>
internal sealed record LutStages(ToneCurve[] Input, ColorGrid Grid, LutCurves? Middle, ColorMatrix? Matrix, LutCurves? Output)
{
    /// <summary>The connection space's numbers, from 0 to 1, and 1.</summary>
    /// <param name="position">From 0 to 1 in each channel, after <see cref="Input"/>.</param>
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
