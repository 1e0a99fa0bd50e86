using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// Averages pixels before a profile's tables are applied, because the tables take 46 ns a pixel. Code values must not be averaged, so samples
/// become light first, by the luminance of the profile's own grays (of black ink for CMYK); averages return to samples by the same curve. For
/// grays this is exact; for other colors, all channels have nearly that curve.
/// </summary>
internal sealed class LutLight
{
    /// <summary>Even steps of a sample; the curve is straight between them.</summary>
    private const int Nodes = 256;

    /// <summary>Even steps of the root of light, which is nearly proportional to a sample.</summary>
    private const int Steps = 4096;

    /// <summary>Share of a straight line in the curve: the curve then rises everywhere and can be inverted.</summary>
    private const double Straight = 1 / 64.0;

    private readonly double[] _nodes = new double[Nodes + 1];

    /// <summary>For each channel, the grid position by the root of light.</summary>
    private readonly float[][] _positions;
    private float[]? _fromByte;
    private float[]? _fromUInt16;

    /// <param name="lut">The tables.</param>
    /// <param name="input">The tables' first curves.</param>
    public LutLight(LutTransform lut, ToneCurve[] input)
    {
        Channels = input.Length;
        Span<double> samples = stackalloc double[Channels];
        double highest = 0;
        for (int i = 0; i <= Nodes; i++)
        {
            double sample = i / (double)Nodes;
            samples.Fill(IsInk ? 0 : sample);
            samples[^1] = IsInk ? 1 - sample : sample;
            double luminance = lut.Luminance(samples);
            highest = luminance > highest ? Math.Min(luminance, 1) : highest;
            _nodes[i] = (highest + (Straight * sample)) / (1 + Straight);
        }

        _positions = Array.ConvertAll(input, Invert);
    }

    /// <summary>The most bytes that the tables take.</summary>
    public static long Memory(int channels) => (256 + 65536 + (channels * (Steps + 2))) * sizeof(float);

    /// <summary>Channels of a pixel without alpha.</summary>
    private int Channels { get; }

    /// <summary>Samples are amounts of ink: more ink is less light.</summary>
    private bool IsInk => Channels == 4;

    /// <summary>Converts a row to light.</summary>
    /// <param name="row">Pixels of <paramref name="layout"/>.</param>
    /// <param name="layout">An interleaved layout.</param>
    /// <param name="light">Four floats a pixel: C, M, Y and K; or R, G and B premultiplied, and alpha.</param>
    public void Convert(ReadOnlySpan<byte> row, PixelLayout layout, Span<float> light)
    {
        if (layout is PixelLayout.Rgb16 or PixelLayout.Rgba16)
        {
            Convert(MemoryMarshal.Cast<byte, ushort>(row), _fromUInt16 ??= Sample(65536), layout.BytesPerPixel() / sizeof(ushort), layout.HasAlpha(), light);
        }
        else
        {
            Convert(row, _fromByte ??= Sample(256), layout.BytesPerPixel(), layout.HasAlpha(), light);
        }
    }

    /// <summary>The grid position of an average.</summary>
    /// <param name="light">0 to 1, not premultiplied.</param>
    /// <param name="position">0 to 1 in each channel.</param>
    public void Locate(Vector128<float> light, Span<float> position)
    {
        Vector128<float> root = Vector128.Sqrt(Vector128.Min(Vector128.Max(light, Vector128<float>.Zero), Vector128.Create(1f))) * Steps;
        for (int c = 0; c < position.Length; c++)
        {
            float[] positions = _positions[c];
            int low = (int)root[c];
            position[c] = positions[low] + ((root[c] - low) * (positions[low + 1] - positions[low]));
        }
    }

    private void Convert<T>(ReadOnlySpan<T> samples, float[] curve, int step, bool alpha, Span<float> light)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Span<Vector128<float>> pixels = MemoryMarshal.Cast<float, Vector128<float>>(light);
        for (int i = 0, o = 0; i + step <= samples.Length; i += step, o++)
        {
            Vector128<float> pixel = Vector128.Create(At(samples[i]), At(samples[i + 1]), At(samples[i + 2]), 1f);
            pixels[o] = alpha ? pixel * (float.CreateTruncating(samples[i + 3]) / float.CreateTruncating(T.MaxValue))
                : IsInk ? pixel.WithElement(3, At(samples[i + 3]))
                : pixel;
        }

        float At(T sample) => curve[int.CreateTruncating(sample)];
    }

    /// <summary>Light at even steps of a sample.</summary>
    private float[] Sample(int count)
    {
        float[] light = new float[count];
        for (int i = 0; i < count; i++)
        {
            double place = i * (Nodes / (count - 1.0));
            int low = Math.Min((int)place, Nodes - 1);
            light[IsInk ? count - 1 - i : i] = (float)(_nodes[low] + ((place - low) * (_nodes[low + 1] - _nodes[low])));
        }

        return light;
    }

    private float[] Invert(ToneCurve input)
    {
        // One more, for a root of exactly 1.
        float[] positions = new float[Steps + 2];
        int low = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double light = i * i / (double)(Steps * Steps);
            while (low < Nodes - 1 && _nodes[low + 1] < light)
            {
                low++;
            }

            double sample = Math.Clamp((low + ((light - _nodes[low]) / (_nodes[low + 1] - _nodes[low]))) / Nodes, 0, 1);
            positions[i] = (float)input.At(IsInk ? 1 - sample : sample);
        }

        positions[^1] = positions[^2];
        return positions;
    }
}
