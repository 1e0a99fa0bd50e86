using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// From samples to linear sRGB by a profile's tables: curves, grid, curves, matrix, curves (ICC.1:2022 10.10 to 10.12), and from CIELAB or XYZ on.
/// All of it is done to each pixel: to sample it into a finer grid first would take longer than the few hundred thousand pixels that a
/// decoder delivers at its reduced scale.
/// </summary>
internal sealed class LutTransform(LutStages stages, LutConnection connection)
{
    private float[]? _fromByte;
    private float[]? _fromUInt16;

    /// <summary>Bytes that it may come to take, at most: the grid, and the first curves' tables twice, apart and together.</summary>
    public long Memory => stages.Grid.Memory + (2 * stages.Input.Length * ToneCurve.TableBytes);

    /// <summary>The luminance of grays: equal samples in all channels, of which the layout may have but one.</summary>
    public ToneCurve OfGray => new GrayCurve(this);

    /// <summary>A row of the picture.</summary>
    /// <param name="row">Pixels of <paramref name="layout"/>: of four channels if the tables are over four, else of three.</param>
    /// <param name="layout">How they lie: interleaved.</param>
    /// <param name="linear">Four floats a pixel: R, G, B premultiplied, and alpha.</param>
    public void Convert(ReadOnlySpan<byte> row, PixelLayout layout, Span<float> linear)
    {
        if (layout is PixelLayout.Rgb16 or PixelLayout.Rgba16)
        {
            Convert(MemoryMarshal.Cast<byte, ushort>(row), layout.BytesPerPixel() / sizeof(ushort), layout.HasAlpha(), linear);
        }
        else
        {
            Convert(row, layout.BytesPerPixel(), layout.HasAlpha(), linear);
        }
    }

    /// <summary>Y of one colour relative to white.</summary>
    /// <param name="samples">From 0 to 1; those beyond the table's channels do not count.</param>
    public double Luminance(ReadOnlySpan<double> samples)
    {
        Span<float> position = stackalloc float[stages.Input.Length];
        for (int c = 0; c < position.Length; c++)
        {
            position[c] = (float)stages.Input[c].At(samples[c]);
        }

        Vector128<float> rgb = Convert(position);
        return ConnectionSpace.LuminanceOfSrgb.Dot(new(rgb[0], rgb[1], rgb[2]));
    }

    /// <summary>The linear sRGB of one colour, and 1.</summary>
    /// <param name="position">From 0 to 1 in each channel, after the first curves.</param>
    private Vector128<float> Convert(ReadOnlySpan<float> position) => connection.ToLinearSrgb(stages.Apply(position));

    private void Convert<T>(ReadOnlySpan<T> samples, int step, bool alpha, Span<float> linear)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int channels = stages.Input.Length;
        ReadOnlySpan<float> curves = typeof(T) == typeof(byte) ? _fromByte ??= Join(wide: false) : _fromUInt16 ??= Join(wide: true);
        int codes = curves.Length / channels;
        Span<float> position = stackalloc float[channels];
        Span<Vector128<float>> pixels = MemoryMarshal.Cast<float, Vector128<float>>(linear);
        for (int i = 0, o = 0; i + step <= samples.Length; i += step, o++)
        {
            for (int c = 0; c < position.Length; c++)
            {
                position[c] = curves[(c * codes) + int.CreateTruncating(samples[i + c])];
            }

            Vector128<float> pixel = Convert(position);
            pixels[o] = alpha ? pixel * (float.CreateTruncating(samples[i + 3]) / float.CreateTruncating(T.MaxValue)) : pixel;
        }
    }

    /// <summary>The tables of the first curves, one behind another.</summary>
    private float[] Join(bool wide)
    {
        List<float> all = [];
        foreach (ToneCurve curve in stages.Input)
        {
            all.AddRange(wide ? curve.FromUInt16 : curve.FromByte);
        }

        return [.. all];
    }

    private sealed class GrayCurve(LutTransform lut) : ToneCurve
    {
        protected override double Evaluate(double x) => lut.Luminance([x, x, x, x]);
    }
}
