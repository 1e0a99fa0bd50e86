using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// U and V of the mean color of 2×2 pixels. The mean is that of linear light, as the eye sees it from afar; light is taken as the square of a
/// sample, which is near the curve of sRGB and cheap to invert. Means of samples would be too dark along colored edges.
/// </summary>
internal static class LinearChroma
{
    /// <summary>Fills the columns and rows of U and V that have pixels.</summary>
    /// <param name="planes">U and V are written; the columns beyond the image become arbitrary.</param>
    /// <param name="bitmap">3 or 4 channels.</param>
    public static void Fill(SourcePlanes planes, Bitmap bitmap)
    {
        int stride = planes.ChromaStride;
        float[] red = new float[stride];
        float[] green = new float[stride];
        float[] blue = new float[stride];
        SharpenedPlane u = new(planes.U, stride, (bitmap.Width + 1) / 2);
        SharpenedPlane v = new(planes.V, stride, (bitmap.Width + 1) / 2);
        int rowSize = bitmap.Width * bitmap.Channels;
        for (int y = 0; 2 * y < bitmap.Height; y++)
        {
            ReadOnlySpan<byte> upper = bitmap.Samples.AsSpan(2 * y * rowSize, rowSize);
            ReadOnlySpan<byte> lower = bitmap.Samples.AsSpan(Math.Min((2 * y) + 1, bitmap.Height - 1) * rowSize, rowSize);
            SumSquares(upper, lower, bitmap.Channels, red, green, blue);
            Convert(red, green, blue, u.Next, v.Next);
            u.Add();
            v.Add();
        }

        u.Finish();
        v.Finish();
    }

    /// <summary>Sums the squares of 2×2 samples; the last column of an odd width counts twice.</summary>
    private static void SumSquares(
        ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int channels, Span<float> red, Span<float> green, Span<float> blue)
    {
        lower = lower[..upper.Length];
        int pairs = upper.Length / (2 * channels);
        int at = 0;
        for (int x = 0; x < pairs; x++, at += 2 * channels)
        {
            ReadOnlySpan<byte> first = upper.Slice(at, channels + 3);
            ReadOnlySpan<byte> second = lower.Slice(at, channels + 3);
            red[x] = Square(first[0]) + Square(first[channels]) + Square(second[0]) + Square(second[channels]);
            green[x] = Square(first[1]) + Square(first[channels + 1]) + Square(second[1]) + Square(second[channels + 1]);
            blue[x] = Square(first[2]) + Square(first[channels + 2]) + Square(second[2]) + Square(second[channels + 2]);
        }

        if (at < upper.Length)
        {
            red[pairs] = 2 * (Square(upper[at]) + Square(lower[at]));
            green[pairs] = 2 * (Square(upper[at + 1]) + Square(lower[at + 1]));
            blue[pairs] = 2 * (Square(upper[at + 2]) + Square(lower[at + 2]));
        }
    }

    private static void Convert(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<float> u, Span<float> v)
    {
        Vector256<float> offset = Vector256.Create(128f);
        for (int x = 0; x < red.Length; x += Vector256<float>.Count)
        {
            // Twice the root of the mean.
            Vector256<float> r = Vector256.Sqrt(Vector256.Create(red[x..]));
            Vector256<float> g = Vector256.Sqrt(Vector256.Create(green[x..]));
            Vector256<float> b = Vector256.Sqrt(Vector256.Create(blue[x..]));

            // 224/255 · (−0.168736, −0.331264, 0.5) and (0.5, −0.418688, −0.081312), halved.
            ((r * -0.0741115f) + (g * -0.1454963f) + (b * 0.2196078f) + offset).CopyTo(u[x..]);
            ((r * 0.2196078f) + (g * -0.1838943f) + (b * -0.0357135f) + offset).CopyTo(v[x..]);
        }
    }

    private static int Square(byte sample) => sample * sample;
}
