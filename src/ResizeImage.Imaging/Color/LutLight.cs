using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// Averages pixels before a profile's tables are applied, which take 46 ns a pixel. Code values must not be averaged, so samples become light
/// first, by the luminance of the profile's own grays (of black ink for CMYK); averages go back to samples on the same curve. For grays that
/// is exact; for other colors all channels have that curve nearly.
/// </summary>
internal sealed class LutLight
{
    /// <summary>Even steps of a sample: the curve is straight between them.</summary>
    private const int Nodes = 256;

    /// <summary>Even steps of the root of light, which is nearly proportional to a sample.</summary>
    private const int Steps = 4096;

    /// <summary>How much of the curve is a straight line, so that it rises everywhere and can be inverted.</summary>
    private const double Straight = 1 / 64.0;

    private readonly double[] _nodes = new double[Nodes + 1];

    /// <summary>For each channel the place in the grid by the root of light.</summary>
    private readonly float[][] _positions;
    private float[]? _fromByte;
    private float[]? _fromUInt16;

    /// <param name="lut">The tables.</param>
    /// <param name="input">Their first curves.</param>
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

    /// <summary>Bytes of its tables, at most.</summary>
    public static long Memory(int channels) => (256 + 65536 + (channels * (Steps + 2))) * sizeof(float);

    /// <summary>Channels of a pixel, alpha not included.</summary>
    private int Channels { get; }

    /// <summary>Samples are amounts of ink: the more, the less light.</summary>
    private bool IsInk => Channels == 4;

    /// <summary>A row of the image.</summary>
    /// <param name="row">Pixels of <paramref name="layout"/>, interleaved.</param>
    /// <param name="layout">How they lie.</param>
    /// <param name="light">Four floats a pixel: of C, M, Y and K, or of R, G and B premultiplied, and alpha.</param>
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

    /// <summary>The place in the grid of one average.</summary>
    /// <param name="light">From 0 to 1, not premultiplied.</param>
    /// <param name="position">From 0 to 1 in each channel.</param>
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

    /// <summary>Light at as many even steps of a sample.</summary>
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
