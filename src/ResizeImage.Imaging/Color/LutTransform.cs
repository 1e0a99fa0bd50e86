using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// Converts samples to linear sRGB by a profile's tables: curves, grid, curves, matrix, curves (ICC.1:2022 10.10 to 10.12), then from CIELAB or
/// XYZ. Resampling all of it to one finer grid would take longer than the few hundred thousand pixels that are left after averaging.
/// </summary>
internal sealed class LutTransform(LutStages stages, LutConnection connection)
{
    /// <summary>Work of a pixel, in units of <see cref="WorkMeter"/>.</summary>
    public const int Work = 50;

    private const int Remembered = 1024;

    private float[]? _fromByte;
    private float[]? _fromUInt16;
    private LutLight? _light;

    // A cache of pixels of 8-bit samples, by a hash: the samples plus 1, and their color. It is enough for images of few colors.
    private ulong[] _pixels = [];
    private Vector128<float>[] _colors = [];

    /// <summary>The most bytes of an instance: the grid, the first curves' tables twice, separate and joined, and those for averages.</summary>
    public long Memory =>
        stages.Grid.Memory + (2 * stages.Input.Length * ToneCurve.TableBytes) + LutLight.Memory(stages.Input.Length) + (Remembered * 24);

    /// <summary>The luminance of grays: equal samples in all channels. The layout may have one channel.</summary>
    public ToneCurve OfGray => new GrayCurve(this);

    /// <summary>Channels of a pixel.</summary>
    public int Channels => stages.Input.Length;

    /// <summary>Converts samples to light that can be averaged; <see cref="ConvertAverages"/> converts the averages.</summary>
    public LutLight Light => _light ??= new(this, stages.Input);

    /// <summary>Converts a row.</summary>
    /// <param name="row">Pixels of <paramref name="layout"/>: of four channels if the tables have four, else of three.</param>
    /// <param name="layout">An interleaved layout.</param>
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

    /// <summary>Converts averages of <see cref="Light"/>, in place.</summary>
    /// <param name="pixels">Four floats each; afterwards R, G, B premultiplied, and alpha.</param>
    public void ConvertAverages(Span<float> pixels)
    {
        Span<float> position = stackalloc float[stages.Input.Length];
        foreach (ref Vector128<float> pixel in MemoryMarshal.Cast<float, Vector128<float>>(pixels))
        {
            float alpha = position.Length == 4 ? 1 : pixel[3];
            if (!(alpha > 0))
            {
                pixel = default;
                continue;
            }

            Light.Locate(pixel * (1 / alpha), position);
            pixel = Convert(position) * alpha;
        }
    }

    /// <summary>Y of one color relative to white.</summary>
    /// <param name="samples">0 to 1; those beyond the table's channels are ignored.</param>
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

    /// <summary>The linear sRGB of one color, and 1.</summary>
    /// <param name="position">0 to 1 in each channel, after the first curves.</param>
    private Vector128<float> Convert(ReadOnlySpan<float> position) => connection.ToLinearSrgb(stages.Apply(position));

    private void Convert<T>(ReadOnlySpan<T> samples, int step, bool alpha, Span<float> linear)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int channels = stages.Input.Length;
        ReadOnlySpan<float> curves = typeof(T) == typeof(byte) ? _fromByte ??= Join(wide: false) : _fromUInt16 ??= Join(wide: true);
        int codes = curves.Length / channels;
        if (_pixels.Length == 0)
        {
            (_pixels, _colors) = (new ulong[Remembered], new Vector128<float>[Remembered]);
        }

        Span<float> position = stackalloc float[channels];
        Span<Vector128<float>> pixels = MemoryMarshal.Cast<float, Vector128<float>>(linear);
        for (int i = 0, o = 0; i + step <= samples.Length; i += step, o++)
        {
            ulong key = 1;
            for (int c = 0; c < position.Length; c++)
            {
                int sample = int.CreateTruncating(samples[i + c]);
                position[c] = curves[(c * codes) + sample];
                key += (ulong)sample << (8 * c);
            }

            Vector128<float> pixel = typeof(T) == typeof(byte) ? Recall(key, position) : Convert(position);
            pixels[o] = alpha ? pixel * (float.CreateTruncating(samples[i + 3]) / float.CreateTruncating(T.MaxValue)) : pixel;
        }
    }

    private Vector128<float> Recall(ulong key, ReadOnlySpan<float> position)
    {
        int place = (int)((uint)(key * 0x9E3779B1) >> 22);
        if (_pixels[place] != key)
        {
            _colors[place] = Convert(position);
            _pixels[place] = key;
        }

        return _colors[place];
    }

    /// <summary>The tables of the first curves, joined.</summary>
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
