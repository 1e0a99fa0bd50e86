using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

public class PngEncoderTests
{
    private const string PillowSize = """
        import io, sys
        from PIL import Image
        width, height, mode = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
        file = io.BytesIO()
        Image.frombytes(mode, (width, height), sys.stdin.buffer.read()).save(file, 'png', optimize=True)
        print(len(file.getvalue()))
        """;

    [ToolFact(LibpngJudge.Compiler, LibpngJudge.Header)]
    public void libpng_restores_every_pixel()
    {
        Random random = new(1);
        List<string> wrong = [];
        foreach (int channels in (int[])[1, 3, 4])
        {
            foreach ((int width, int height) in new[] { (1, 1), (1, 7), (9, 1), (2, 2), (17, 13), (200, 200), (random.Next(20, 150), random.Next(20, 150)) })
            {
                foreach ((string name, Bitmap bitmap) in Bitmaps(random, width, height, channels))
                {
                    byte[] file = PngEncoder.Encode(bitmap);
                    string? difference = LibpngJudge.Decode(file).DifferenceFrom(Widen(bitmap));
                    if (difference is not null)
                    {
                        wrong.Add($"{name}, {channels} channels: {difference}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_smallest_color_type_is_chosen()
    {
        Random random = new(2);
        byte[] noise = new byte[100 * 100 * 4];
        random.NextBytes(noise);
        byte[] opaque = [.. noise.Select((b, i) => i % 4 == 3 ? (byte)255 : b)];
        byte[] gray = [.. noise.Select((_, i) => i % 4 == 3 ? (byte)255 : noise[i / 4])];
        byte[] grayAlpha = [.. noise.Select((b, i) => i % 4 == 3 ? b : noise[i / 4])];
        byte[] flat = [.. noise.Select((_, i) => (byte)(i % 4 * 50))];
        byte[] twenty = [.. noise.Select((_, i) => (byte)(noise[i / 4] % 20 * (i % 4)))];
        Assert.Equal(PngColorType.TruecolorAlpha, ColorType(noise, 4).ColorType);
        Assert.Equal(PngColorType.Truecolor, ColorType(opaque, 4).ColorType);
        Assert.Equal(PngColorType.Grayscale, ColorType(gray, 4).ColorType);
        Assert.Equal(PngColorType.GrayscaleAlpha, ColorType(grayAlpha, 4).ColorType);
        Assert.Equal(PngColorType.Grayscale, ColorType(noise[..10_000], 1).ColorType);
        Assert.Equal((PngColorType.Indexed, 1), (ColorType(flat, 4).ColorType, ColorType(flat, 4).BitDepth));
        Assert.Equal((PngColorType.Indexed, 8), (ColorType(twenty, 4).ColorType, ColorType(twenty, 4).BitDepth));

        static PngHeader ColorType(byte[] samples, int channels) =>
            PngHeader.Parse(PngEncoder.Encode(new(100, 100, channels, samples)).AsSpan(16, PngHeader.Size));
    }

    [Fact]
    public void The_only_ancillary_chunk_is_sRGB()
    {
        byte[] noise = new byte[20 * 20 * 3];
        new Random(3).NextBytes(noise);
        byte[] file = PngEncoder.Encode(new(20, 20, 3, noise));
        Assert.Equal(PngFile.Chunk("sRGB", [0]), file[33..46]);
        Assert.Equal("IDAT"u8, file.AsSpan(50, 4));
        Assert.Equal(PngFile.End, file[^12..]);
        Assert.True(file.AsSpan(54, file.Length - 54 - 12).IndexOf("IDAT"u8) < 0);
    }

    [CorpusFact(PythonModule = "PIL")]
    public void Thumbnails_are_hardly_larger_than_Pillows_optimized_ones()
    {
        string python = ExternalProgram.Python("PIL")!;
        foreach (string name in (string[])["acid2", "ball", "iptc", "harvesters", "hibiscus.primitive", "bricks-color", "ridiculously-fast"])
        {
            string path = Corpus.Files("conformance", name + ".png")[0];
            Bitmap bitmap = Shrink(DecodedPng.Decode(File.ReadAllBytes(path)));
            string[] arguments = ["-c", PillowSize, $"{bitmap.Width}", $"{bitmap.Height}", "RGBA"];
            int theirs = int.Parse(System.Text.Encoding.ASCII.GetString(ExternalProgram.Run(python, arguments, bitmap.Samples)), System.Globalization.CultureInfo.InvariantCulture);
            int ours = PngEncoder.Encode(bitmap).Length;
            Assert.True(ours <= theirs * 1.05, $"{name}: {ours} bytes against {theirs}");
        }
    }

    private static IEnumerable<(string Name, Bitmap Bitmap)> Bitmaps(Random random, int width, int height, int channels)
    {
        byte[] samples = new byte[width * height * channels];
        random.NextBytes(samples);
        yield return ($"noise {width}×{height}", new(width, height, channels, samples));
        foreach (int colors in (int[])[1, 2, 3, 4, 5, 16, 17, 255, 256, 257])
        {
            byte[] few = new byte[samples.Length];
            for (int i = 0; i < few.Length; i += channels)
            {
                samples.AsSpan(random.Next(Math.Min(colors, width * height)) * channels, channels).CopyTo(few.AsSpan(i));
            }

            yield return ($"{colors} colors {width}×{height}", new(width, height, channels, few));
        }

        byte[] gradient = [.. samples.Select((b, i) => (byte)((i / channels % width * 3) + (i / channels / width * 2) + (i % channels * 20) + (b & 1)))];
        yield return ($"gradient {width}×{height}", new(width, height, channels, gradient));
    }

    /// <summary>To 200×200 by averaging, so that the result is like a thumbnail.</summary>
    private static Bitmap Shrink(DecodedPng pixels)
    {
        const int Side = 200;
        byte[] samples = new byte[Side * Side * 4];
        for (int i = 0; i < samples.Length; i++)
        {
            (int x, int y, int channel) = (i / 4 % Side, i / 4 / Side, i % 4);
            (int left, int top) = (x * pixels.Width / Side, y * pixels.Height / Side);
            int right = Math.Max(left + 1, (x + 1) * pixels.Width / Side);
            int bottom = Math.Max(top + 1, (y + 1) * pixels.Height / Side);
            long sum = 0;
            for (int v = top; v < bottom; v++)
            {
                for (int u = left; u < right; u++)
                {
                    sum += pixels.Samples[(((v * pixels.Width) + u) * 4) + channel];
                }
            }

            samples[i] = (byte)(sum / (right - left) / (bottom - top) / 257);
        }

        return new(Side, Side, 4, samples);
    }

    private static DecodedPng Widen(Bitmap bitmap)
    {
        ushort[] samples = new ushort[bitmap.Width * bitmap.Height * 4];
        for (int i = 0; i < samples.Length; i++)
        {
            int pixel = i / 4 * bitmap.Channels;
            int sample = i % 4 < 3
                ? bitmap.Samples[pixel + (bitmap.Channels == 1 ? 0 : i % 4)]
                : bitmap.Channels == 4 ? bitmap.Samples[pixel + 3] : 255;
            samples[i] = (ushort)(sample * 257);
        }

        return new(bitmap.Width, bitmap.Height, samples);
    }
}
