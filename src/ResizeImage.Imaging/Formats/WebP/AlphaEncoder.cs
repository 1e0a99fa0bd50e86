using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Encodes the alpha of a lossy frame exactly: the payload of an ALPH chunk (RFC 9649, 2.7.1.2). Alpha is the green channel of a lossless image,
/// as it is or as differences, whichever is smallest.
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

        byte[]? best = null;
        for (int filter = 0; filter < Filters; filter++)
        {
            byte[] data = Encode(alpha, bitmap.Width, filter, work);
            best = best is null || data.Length < best.Length ? data : best;
        }

        return best!;
    }

    private static byte[] Encode(byte[] alpha, int width, int filter, WorkMeter? work)
    {
        uint[] pixels = new uint[alpha.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Argb.OpaqueBlack | ((uint)(byte)(alpha[i] - Predict(alpha, i, width, filter)) << 8);
        }

        DeflateBitWriter output = new();
        output.Write((uint)(Compressed | (filter << 2)), 8);
        LosslessEncoder.Write(output, pixels, width, work);
        output.Align();
        return output.Written.ToArray();
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
