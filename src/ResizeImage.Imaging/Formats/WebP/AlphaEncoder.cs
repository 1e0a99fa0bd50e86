using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Encodes the alpha of a lossy frame exactly: the payload of an ALPH chunk (RFC 9649, 2.7.1.2). Alpha is the green channel of a lossless image,
/// as it is or as differences, whichever is estimated to be smallest.
/// </summary>
internal static class AlphaEncoder
{
    private const int Compressed = 1;
    private const int Filters = 4;

    /// <summary>Encodes the alpha of an image with 4 channels.</summary>
    /// <param name="bitmap">4 channels.</param>
    /// <param name="work">Checked for each row.</param>
    public static byte[] Encode(Bitmap bitmap, WorkMeter? work)
    {
        byte[] alpha = new byte[bitmap.Width * bitmap.Height];
        for (int i = 0; i < alpha.Length; i++)
        {
            alpha[i] = bitmap.Samples[(4 * i) + 3];
        }

        byte[] best = Filter(alpha, bitmap.Width, 0);
        int bestFilter = 0;
        long bestSize = EstimateSize(best);
        for (int filter = 1; filter < Filters; filter++)
        {
            work?.Check();
            byte[] rest = Filter(alpha, bitmap.Width, filter);
            long size = EstimateSize(rest);
            if (size < bestSize)
            {
                (best, bestFilter, bestSize) = (rest, filter, size);
            }
        }

        DeflateBitWriter output = new();
        output.Write((uint)(Compressed | (bestFilter << 2)), 8);
        LosslessEncoder.Write(output, Array.ConvertAll(best, value => Argb.OpaqueBlack | ((uint)value << 8)), bitmap.Width, work);
        output.Align();
        return output.Written.ToArray();
    }

    private static byte[] Filter(byte[] alpha, int width, int filter)
    {
        byte[] rest = new byte[alpha.Length];
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = (byte)(alpha[i] - Predict(alpha, i, width, filter));
        }

        return rest;
    }

    /// <summary>About how many bits the values take: runs cost nothing, other values their entropy and a part of a copy.</summary>
    private static long EstimateSize(byte[] values)
    {
        const double BitsOfRun = 6;
        int[] histogram = new int[256];
        int changes = 0;
        byte last = 0;
        foreach (byte value in values)
        {
            if (value != last)
            {
                histogram[value]++;
                changes++;
                last = value;
            }
        }

        double bits = BitsOfRun * changes;
        foreach (int count in histogram)
        {
            bits += count > 0 ? count * Math.Log2(changes / (double)count) : 0;
        }

        return (long)Math.Round(bits);
    }

    /// <summary>What a filter predicts: 0 nothing, 1 the left sample, 2 the one above, 3 the gradient of both and the one above left.</summary>
    private static int Predict(byte[] alpha, int i, int width, int filter)
    {
        int x = i % width;
        if (filter == 0 || i == 0)
        {
            return 0;
        }

        // In the first row, all filters predict from the left; in the first column, from above.
        return i < width ? alpha[i - 1]
            : x == 0 ? alpha[i - width]
            : filter == 1 ? alpha[i - 1]
            : filter == 2 ? alpha[i - width]
            : Math.Clamp(alpha[i - 1] + alpha[i - width] - alpha[i - width - 1], 0, 255);
    }
}
