using System.Numerics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Placeholders;

/// <summary>
/// ThumbHash (evanw/thumbhash, 2023): a blurred copy of an image in at most 25 bytes, from which a page draws a placeholder. It is a DCT of luma
/// with at most 7 × 7 coefficients, of two chroma channels and of alpha. The triangle of low frequencies is stored, in 4 bits each:
/// <code>
/// bits  6       6       6       5        1          3          6        6        1             4       4
///     | L DC  | P DC  | Q DC  | L scale | has alpha | L count | P scale | Q scale | landscape | [A DC | A scale] | L, P, Q, A
/// </code>
/// The first 24 and the next 16 bits are little-endian numbers, the first field in their lowest bits.
/// </summary>
internal static class ThumbHash
{
    /// <summary>The longest side that the format's author permits, in pixels.</summary>
    private const int MaxSide = 100;

    private const int LumaCount = 7;
    private const int LumaCountWithAlpha = 5;
    private const int ChromaCount = 3;
    private const int AlphaCount = 5;

    /// <summary>The hash of an image.</summary>
    /// <returns>5 or 6 bytes of header, and a byte for each two coefficients.</returns>
    public static byte[] Of(Bitmap bitmap)
    {
        ReducedImage image = ReducedImage.Of(bitmap, MaxSide);
        int longest = Math.Max(image.Width, image.Height);
        int most = image.IsOpaque ? LumaCount : LumaCountWithAlpha;
        int countX = Math.Max(1, Round((double)most * image.Width / longest));
        int countY = Math.Max(1, Round((double)most * image.Height / longest));
        (double[] l, double[] p, double[] q) = ToLpq(image);
        Cosines across = new(image.Width);
        Cosines down = new(image.Height);
        Channel luma = Channel.Of(l, across, down, Math.Max(3, countX), Math.Max(3, countY));
        Channel yellowBlue = Channel.Of(p, across, down, ChromaCount, ChromaCount);
        Channel redGreen = Channel.Of(q, across, down, ChromaCount, ChromaCount);

        bool isLandscape = image.Width > image.Height;
        int first = Round(63 * luma.Dc)
            | (Round(31.5 + (31.5 * yellowBlue.Dc)) << 6)
            | (Round(31.5 + (31.5 * redGreen.Dc)) << 12)
            | (Round(31 * luma.Scale) << 18)
            | (image.IsOpaque ? 0 : 1 << 23);
        int second = (isLandscape ? countY : countX)
            | (Round(63 * yellowBlue.Scale) << 3)
            | (Round(63 * redGreen.Scale) << 9)
            | (isLandscape ? 1 << 15 : 0);
        List<byte> hash = [(byte)first, (byte)(first >> 8), (byte)(first >> 16), (byte)second, (byte)(second >> 8)];
        Channel? alpha = null;
        if (!image.IsOpaque)
        {
            alpha = Channel.Of(image.Alpha, across, down, AlphaCount, AlphaCount);
            hash.Add((byte)(Round(15 * alpha.Dc) | (Round(15 * alpha.Scale) << 4)));
        }

        Pack(hash, luma, yellowBlue, redGreen, alpha);
        return [.. hash];
    }

    /// <summary>Luma, yellow against blue, red against green; over the mean color where the image is transparent.</summary>
    private static (double[] L, double[] P, double[] Q) ToLpq(ReducedImage image)
    {
        double[] l = new double[image.Alpha.Length];
        double[] p = new double[l.Length];
        double[] q = new double[l.Length];
        for (int i = 0; i < l.Length; i++)
        {
            double clear = 1 - image.Alpha[i];
            double r = (image.MeanRed * clear) + image.Red[i];
            double g = (image.MeanGreen * clear) + image.Green[i];
            double b = (image.MeanBlue * clear) + image.Blue[i];
            l[i] = (r + g + b) / 3;
            p[i] = ((r + g) / 2) - b;
            q[i] = r - g;
        }

        return (l, p, q);
    }

    /// <summary>Two coefficients in a byte, the first in the low bits; the channels follow each other without a gap.</summary>
    private static void Pack(List<byte> hash, params Channel?[] channels)
    {
        bool isHigh = false;
        foreach (Channel? channel in channels)
        {
            for (int i = 0; channel is not null && i < channel.Ac.Count; i++, isHigh = !isHigh)
            {
                int bits = Round(15 * channel.Ac[i]);
                if (isHigh)
                {
                    hash[^1] |= (byte)(bits << 4);
                }
                else
                {
                    hash.Add((byte)bits);
                }
            }
        }
    }

    /// <summary>Halves are rounded up, as JavaScript does.</summary>
    private static int Round(double value) => (int)Math.Floor(value + 0.5);

    /// <summary>The DCT of a channel.</summary>
    /// <param name="Dc">The mean.</param>
    /// <param name="Ac">The other coefficients, 0 to 1: 0.5 is none.</param>
    /// <param name="Scale">The largest absolute coefficient.</param>
    private sealed record Channel(double Dc, List<double> Ac, double Scale)
    {
        /// <param name="samples">Rows of the image without padding.</param>
        /// <param name="across">Horizontal cosines.</param>
        /// <param name="down">Vertical cosines.</param>
        /// <param name="countX">Coefficients of the lowest vertical frequency.</param>
        /// <param name="countY">Coefficients of the lowest horizontal frequency.</param>
        public static Channel Of(double[] samples, Cosines across, Cosines down, int countX, int countY)
        {
            double[] rows = TransformRows(samples, across, down.Length, countX);
            double dc = 0;
            List<double> ac = [];
            double scale = 0;
            for (int v = 0; v < countY; v++)
            {
                for (int u = 0; u * countY < countX * (countY - v); u++)
                {
                    double sum = Dot(rows.AsSpan(u * down.Length, down.Length), down.Of(v)) / samples.Length;
                    if (u == 0 && v == 0)
                    {
                        dc = sum;
                        continue;
                    }

                    ac.Add(sum);
                    scale = Math.Max(scale, Math.Abs(sum));
                }
            }

            for (int i = 0; scale > 0 && i < ac.Count; i++)
            {
                ac[i] = 0.5 + (0.5 / scale * ac[i]);
            }

            return new Channel(dc, ac, scale);
        }

        /// <summary>The horizontal transform of each row; all rows of a frequency follow each other.</summary>
        private static double[] TransformRows(double[] samples, Cosines across, int height, int countX)
        {
            double[] rows = new double[countX * height];
            for (int u = 0; u < countX; u++)
            {
                for (int y = 0; y < height; y++)
                {
                    rows[(u * height) + y] = Dot(samples.AsSpan(y * across.Length, across.Length), across.Of(u));
                }
            }

            return rows;
        }

        private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            Vector<double> sums = Vector<double>.Zero;
            int i = 0;
            for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                sums += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
            }

            double sum = Vector.Sum(sums);
            for (; i < a.Length; i++)
            {
                sum += a[i] * b[i];
            }

            return sum;
        }
    }

    /// <summary>The basis functions of an axis.</summary>
    private sealed class Cosines
    {
        private readonly double[] _values;

        /// <param name="length">Samples of the axis.</param>
        public Cosines(int length)
        {
            Length = length;
            _values = new double[length * LumaCount];
            for (int i = 0; i < _values.Length; i++)
            {
                _values[i] = Math.Cos(Math.PI / length * (i / length) * ((i % length) + 0.5));
            }
        }

        /// <summary>Samples of the axis.</summary>
        public int Length { get; }

        /// <summary>A value for each sample.</summary>
        /// <param name="frequency">0 to 6.</param>
        public ReadOnlySpan<double> Of(int frequency) => _values.AsSpan(frequency * Length, Length);
    }
}
