using System.Buffers.Binary;
using System.Text;
using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>The conversion of the lossy encoder to Y, U and V, with a slow reference and dwebp as judges.</summary>
public class SourcePlanesTests
{
    private const int Side = 48;

    // Half a code, and the rounding of weights to 16384ths.
    private const double Tolerance = 0.51;

    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 2), (3, 5), (16, 16), (17, 33), (31, 18), (101, 67)];

    [Fact]
    public void Planes_are_those_of_the_reference()
    {
        foreach ((int width, int height) in Sizes)
        {
            foreach (int channels in (int[])[3, 4])
            {
                byte[] noise = new byte[width * height * channels];
                new Random(width).NextBytes(noise);
                AssertReference(new Bitmap(width, height, channels, TestPicture.Samples(width, height, channels)));
                AssertReference(new Bitmap(width, height, channels, noise));
            }
        }
    }

    [Fact]
    public void Gray_colors_have_the_planes_of_a_gray_image()
    {
        byte[] gray = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        SourcePlanes expected = SourcePlanes.Of(new Bitmap(32, 8, 1, gray));
        SourcePlanes actual = SourcePlanes.Of(new Bitmap(32, 8, 3, [.. gray.SelectMany(value => Enumerable.Repeat(value, 3))]));
        Assert.Equal(expected.Y, actual.Y);
        Assert.Equal(expected.U, actual.U);
        Assert.Equal(expected.V, actual.V);
    }

    /// <summary>A decoder clamps pure colors, so their error cannot vanish.</summary>
    [Theory]
    [InlineData(255, 0, 0.5)]
    [InlineData(200, 100, 0.25)]
    public void Luminance_along_edges_of_colors_is_nearer_than_with_means_of_samples(byte high, byte low, double most)
    {
        Bitmap stripes = Stripes(high, low);
        double plain = LuminanceError(stripes, Decode(PlainPlanes(stripes), Side, Side));
        SourcePlanes planes = SourcePlanes.Of(stripes);
        Assert.InRange(LuminanceError(stripes, Decode((planes.Y, planes.U, planes.V), Side, Side)), 0, most * plain);
    }

    /// <summary>Without -sharp_yuv, cwebp takes means of samples for chroma, and luma of each pixel's own color.</summary>
    [ToolFact("cwebp", "dwebp")]
    public void Files_keep_luminance_along_edges_of_colors()
    {
        Bitmap stripes = Stripes(255, 0);
        byte[] theirs = Dwebp.Encode(new Pnm(Side, Side, 3, stripes.Samples), "-q", "100");
        byte[] ours = File(LossyEncoder.Encode(stripes, 100, null));
        Assert.InRange(LuminanceError(stripes, Decode(ours)), 0, 0.6 * LuminanceError(stripes, Decode(theirs)));

        static double[][] Decode(byte[] file) => [.. Dwebp.Decode(file).Rgba.Chunk(4).Select(pixel => Array.ConvertAll(pixel[..3], sample => (double)sample))];
    }

    private static void AssertReference(Bitmap bitmap)
    {
        SourcePlanes planes = SourcePlanes.Of(bitmap);
        int columns = (bitmap.Width + 1) / 2;
        int rows = (bitmap.Height + 1) / 2;
        foreach ((byte[] actual, double[] chroma) in new[] { (planes.U, MeanChroma(bitmap, 0)), (planes.V, MeanChroma(bitmap, 1)) })
        {
            for (int i = 0; i < actual.Length; i++)
            {
                int x = Math.Min(i % planes.ChromaStride, columns - 1);
                int y = Math.Min(i / planes.ChromaStride, rows - 1);
                double center = chroma[(y * columns) + x];
                double sharpened = center + (0.5 * (center - Blur(chroma, columns, rows, x, y)));
                Assert.Equal(Math.Clamp(sharpened, 0, 255), actual[i], Tolerance);
            }
        }

        for (int i = 0; i < planes.Y.Length; i++)
        {
            int x = Math.Min(i % planes.YStride, bitmap.Width - 1);
            int y = Math.Min(i / planes.YStride, bitmap.Height - 1);
            Assert.Equal(Luma(Pixel(bitmap, x, y), ChromaAt((planes.U, planes.V), planes.ChromaStride, columns, rows, x, y)), planes.Y[i], Tolerance);
        }
    }

    /// <summary>U (0) or V (1) of the roots of the mean squares of 2×2 pixels.</summary>
    private static double[] MeanChroma(Bitmap bitmap, int plane)
    {
        int columns = (bitmap.Width + 1) / 2;
        return [.. Enumerable.Range(0, columns * ((bitmap.Height + 1) / 2)).Select(i =>
        {
            double[] mean = new double[3];
            for (int k = 0; k < 4; k++)
            {
                double[] pixel = Pixel(
                    bitmap, Math.Min((i % columns * 2) + (k & 1), bitmap.Width - 1), Math.Min((i / columns * 2) + (k >> 1), bitmap.Height - 1));
                mean = [.. mean.Zip(pixel, (sum, sample) => sum + (sample * sample / 4))];
            }

            return Chroma(Array.ConvertAll(mean, Math.Sqrt), plane);
        })];
    }

    /// <summary>U or V by BT.601.</summary>
    private static double Chroma(double[] color, int plane)
    {
        double gray = (0.299 * color[0]) + (0.587 * color[1]) + (0.114 * color[2]);
        return 128 + (224.0 / 255 * (plane == 0 ? (color[2] - gray) / 1.772 : (color[0] - gray) / 1.402));
    }

    /// <summary>The mean of the 2×2 samples that a decoder interpolates.</summary>
    private static double Blur(double[] chroma, int columns, int rows, int x, int y)
    {
        double sum = 0;
        for (int k = 0; k < 4; k++)
        {
            sum += Interpolate(i => chroma[i], columns, columns, rows, (2 * x) + (k & 1), (2 * y) + (k >> 1));
        }

        return sum / 4;
    }

    /// <summary>The weights 9, 3, 3 and 1.</summary>
    private static double Interpolate(Func<int, double> plane, int stride, int columns, int rows, int x, int y)
    {
        double sum = 0;
        for (int k = 0; k < 4; k++)
        {
            int column = Math.Clamp((x / 2) + ((k & 1) * ((2 * (x & 1)) - 1)), 0, columns - 1);
            int row = Math.Clamp((y / 2) + ((k >> 1) * ((2 * (y & 1)) - 1)), 0, rows - 1);
            sum += ((k & 1) == 0 ? 0.75 : 0.25) * ((k >> 1) == 0 ? 0.75 : 0.25) * plane((row * stride) + column);
        }

        return sum;
    }

    /// <summary>What a decoder adds to luma for R, G and B.</summary>
    private static double[] ChromaAt((byte[] U, byte[] V) planes, int stride, int columns, int rows, int x, int y)
    {
        double u = (Interpolate(i => planes.U[i], stride, columns, rows, x, y) - 128) * 255 / 224;
        double v = (Interpolate(i => planes.V[i], stride, columns, rows, x, y) - 128) * 255 / 224;
        return [1.402 * v, ((-0.114 * 1.772 * u) - (0.299 * 1.402 * v)) / 0.587, 1.772 * u];
    }

    private static double Luma(double[] pixel, double[] chroma)
    {
        double target = Weigh(pixel);
        double y = Math.Sqrt(Math.Max(target - Weigh(chroma), 0));
        double missing = target - Weigh(Array.ConvertAll(chroma, difference => Math.Clamp(y + difference, 0, 255)));
        return 16 + (219.0 / 255 * Math.Min(Math.Sqrt(Math.Max((y * y) + missing, 0)), 255));

        static double Weigh(double[] color) => (0.299 * color[0] * color[0]) + (0.587 * color[1] * color[1]) + (0.114 * color[2] * color[2]);
    }

    /// <summary>Y of each pixel, U and V of the means of samples.</summary>
    private static (byte[] Y, byte[] U, byte[] V) PlainPlanes(Bitmap bitmap)
    {
        byte[] y = new byte[Side * Side];
        byte[][] chroma = [new byte[Side * Side / 4], new byte[Side * Side / 4]];
        for (int i = 0; i < y.Length; i++)
        {
            double[] pixel = Pixel(bitmap, i % Side, i / Side);
            y[i] = (byte)Math.Round(16 + (219.0 / 255 * ((0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]))));
        }

        for (int i = 0; i < Side * Side / 4; i++)
        {
            double[][] four = [.. Enumerable.Range(0, 4).Select(k => Pixel(bitmap, (i % (Side / 2) * 2) + (k & 1), (i / (Side / 2) * 2) + (k >> 1)))];
            double[] mean = [.. Enumerable.Range(0, 3).Select(channel => four.Average(pixel => pixel[channel]))];
            chroma[0][i] = (byte)Math.Round(Chroma(mean, 0));
            chroma[1][i] = (byte)Math.Round(Chroma(mean, 1));
        }

        return (y, chroma[0], chroma[1]);
    }

    /// <summary>Decodes planes of whole macroblocks.</summary>
    private static double[][] Decode((byte[] Y, byte[] U, byte[] V) planes, int width, int height) => [.. planes.Y.Select((luma, i) =>
    {
        double[] chroma = ChromaAt((planes.U, planes.V), width / 2, width / 2, height / 2, i % width, i / width);
        return Array.ConvertAll(chroma, difference => Math.Clamp(((luma - 16) * 255 / 219.0) + difference, 0, 255));
    })];

    /// <summary>The sum of squared differences of luminance (BT.709) in linear light (sRGB).</summary>
    private static double LuminanceError(Bitmap bitmap, double[][] decoded) => decoded.Select((color, i) =>
        Math.Pow(Luminance(color) - Luminance(Pixel(bitmap, i % bitmap.Width, i / bitmap.Width)), 2)).Sum();

    private static double Luminance(double[] color) => (0.2126 * Linear(color[0])) + (0.7152 * Linear(color[1])) + (0.0722 * Linear(color[2]));

    private static double Linear(double sample) => sample <= 10 ? sample / 255 / 12.92 : Math.Pow(((sample / 255) + 0.055) / 1.055, 2.4);

    private static double[] Pixel(Bitmap bitmap, int x, int y) =>
        Array.ConvertAll(bitmap.Samples.AsSpan(((y * bitmap.Width) + x) * bitmap.Channels, 3).ToArray(), sample => (double)sample);

    /// <summary>Diagonal stripes of red and blue, five pixels wide.</summary>
    private static Bitmap Stripes(byte high, byte low)
    {
        byte[] samples = [.. Enumerable.Range(0, Side * Side).SelectMany(
            i => (((i % Side) + (i / Side)) / 5 & 1) == 0 ? new[] { high, low, low } : [low, low, high])];
        return new Bitmap(Side, Side, 3, samples);
    }

    /// <summary>The file of a VP8 chunk.</summary>
    private static byte[] File(byte[] frame)
    {
        byte[] padded = [.. frame, .. new byte[frame.Length & 1]];
        byte[] sizes = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, padded.Length + 12);
        BinaryPrimitives.WriteInt32LittleEndian(sizes.AsSpan(4), frame.Length);
        return [.. Encoding.ASCII.GetBytes("RIFF"), .. sizes[..4], .. Encoding.ASCII.GetBytes("WEBPVP8 "), .. sizes[4..], .. padded];
    }
}
