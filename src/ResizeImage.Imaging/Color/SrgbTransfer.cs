using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Color;

/// <summary>The sRGB transfer function (IEC 61966-2-1) between code values and linear light from 0 to 1, as tables.</summary>
internal static class SrgbTransfer
{
    // Neighboring codes are at least 1 / (255 · 12.92) = 1 / 3295 apart in linear light, so a bin of 1 / 4096 has at most one threshold.
    private const int Bins = 4096;

    private static readonly float[] Linear8 = BuildLinear(256);
    private static readonly Lazy<float[]> Linear16 = new(() => BuildLinear(65536));

    /// <summary>Threshold[i]: the least linear light that rounds to code i.</summary>
    private static readonly float[] Threshold = BuildThresholds();

    /// <summary>The same as bits, which have the same order for positive numbers.</summary>
    private static readonly int[] ThresholdBits = Array.ConvertAll(Threshold, BitConverter.SingleToInt32Bits);

    /// <summary>The code of each bin's lower end.</summary>
    private static readonly byte[] CodeOfBin = BuildBins();

    /// <summary>Linear light of each 8-bit code.</summary>
    public static ReadOnlySpan<float> FromByte => Linear8;

    /// <summary>Linear light of each 16-bit code; built on first use (256 kB).</summary>
    public static ReadOnlySpan<float> FromUInt16 => Linear16.Value;

    /// <summary>The nearest 8-bit code. Values below 0 and above 1 are clipped.</summary>
    public static byte ToByte(float linear) => Code(linear, CodeOfBin, ThresholdBits);

    /// <summary>The nearest 8-bit codes of opaque pixels. Looks the tables up once, which saves a quarter of the time.</summary>
    /// <param name="linear">Four floats a pixel: R, G, B, and one that is ignored.</param>
    /// <param name="rgb">R, G, B bytes.</param>
    public static void ToRgb(ReadOnlySpan<float> linear, Span<byte> rgb)
    {
        ReadOnlySpan<byte> bins = CodeOfBin;
        ReadOnlySpan<int> thresholds = ThresholdBits;
        for (int i = 0, o = 0; o < rgb.Length; i += 4, o += 3)
        {
            rgb[o] = Code(linear[i], bins, thresholds);
            rgb[o + 1] = Code(linear[i + 1], bins, thresholds);
            rgb[o + 2] = Code(linear[i + 2], bins, thresholds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Code(float linear, ReadOnlySpan<byte> bins, ReadOnlySpan<int> thresholds)
    {
        if (!(linear > 0f))
        {
            return 0;
        }

        if (linear >= 1f)
        {
            return 255;
        }

        // Adds 1 if the threshold is not above; a branch would not be predictable.
        int code = bins[(int)(linear * Bins)];
        int below = thresholds[code + 1] - 1 - BitConverter.SingleToInt32Bits(linear);
        return (byte)(code + (below >>> 31));
    }

    /// <summary>The transfer function itself, in double precision.</summary>
    public static double Decode(double code) => code <= 0.04045 ? code / 12.92 : Math.Pow((code + 0.055) / 1.055, 2.4);

    /// <summary>Its inverse: the code value, from 0 to 1, of linear light.</summary>
    public static double Encode(double linear) => linear <= 0.04045 / 12.92 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    private static float[] BuildLinear(int count)
    {
        float[] table = new float[count];
        for (int i = 0; i < count; i++)
        {
            table[i] = (float)Decode(i / (count - 1.0));
        }

        return table;
    }

    private static float[] BuildThresholds()
    {
        float[] table = new float[257];
        for (int i = 1; i < 256; i++)
        {
            table[i] = (float)Decode((i - 0.5) / 255);
        }

        table[256] = float.PositiveInfinity;
        return table;
    }

    private static byte[] BuildBins()
    {
        byte[] table = new byte[Bins];
        int code = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            while (bin / (float)Bins >= Threshold[code + 1])
            {
                code++;
            }

            table[bin] = (byte)code;
        }

        return table;
    }
}
