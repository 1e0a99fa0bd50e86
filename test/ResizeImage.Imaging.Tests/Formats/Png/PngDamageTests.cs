using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Files that end early, and files with random damage.</summary>
public class PngDamageTests
{
    /// <summary>Larger files take most of the time and show nothing more.</summary>
    private const int MaxSampleBytes = 4200;

    [SamplesFact]
    public void Every_sample_cut_anywhere_gives_rows_or_an_image_error()
    {
        Random random = new(7);
        foreach (string path in Samples.Files("conformance", "*.png"))
        {
            byte[] file = File.ReadAllBytes(path);
            IEnumerable<int> lengths = file.Length <= 400 ? Enumerable.Range(0, file.Length) : Enumerable.Range(0, 12).Select(_ => random.Next(file.Length));
            foreach (int length in lengths)
            {
                AssertImageErrorOrRows(file[..length], $"{path} cut to {length} bytes");
            }
        }
    }

    [SamplesFact]
    public void Every_sample_with_changed_bytes_gives_rows_or_an_image_error()
    {
        Random random = new(8);
        foreach (string path in Samples.Files("conformance", "*.png").Where(path => new FileInfo(path).Length <= MaxSampleBytes))
        {
            byte[] file = File.ReadAllBytes(path);
            for (int i = 0; i < 40; i++)
            {
                byte[] damaged = [.. file];
                for (int n = random.Next(1, 4); n > 0; n--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                AssertImageErrorOrRows(damaged, $"{path}, damage {i}");
                PngFile.RepairChecksums(damaged);
                AssertImageErrorOrRows(damaged, $"{path}, damage {i} with right checksums");
            }
        }
    }

    [CorpusFact]
    public void A_truncated_file_gives_its_rows_and_blank_rows()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Corpus.Root!, "conformance/wuffs/harvesters.png"));
        DecodedPng whole = DecodedPng.Decode(file);
        DecodedPng cut = DecodedPng.Decode(file[..(file.Length / 2)], out string? note);
        int rows = Enumerable.Range(0, whole.Height).Count(y => !Row(cut, y).All(sample => sample is 128 * 257 or ushort.MaxValue));
        Assert.InRange(rows, whole.Height / 4, whole.Height * 3 / 4);
        for (int y = 0; y < rows; y++)
        {
            Assert.Equal(Row(whole, y), Row(cut, y));
        }

        Assert.Equal($"The PNG is truncated: only the first {rows} of its {whole.Height} rows are there; the others are blank.", note);
    }

    [Fact]
    public void Blank_rows_of_a_transparent_image_are_transparent()
    {
        byte[] noise = new byte[100 * 401];
        new Random(2).NextBytes(noise);
        for (int y = 0; y < 100; y++)
        {
            noise[y * 401] = 0;
        }

        byte[] file = PngFile.Of(PngFile.Header(100, 100, 8, PngColorType.TruecolorAlpha), PngFile.Data(noise), PngFile.End);
        DecodedPng cut = DecodedPng.Decode(file[..(file.Length / 2)], out string? note);
        Assert.NotNull(note);
        Assert.All(Row(cut, 99), sample => Assert.Equal(0, sample));
        Assert.Contains(Row(cut, 0), sample => sample != 0);
    }

    [CorpusFact]
    public void A_truncated_interlaced_file_leaves_coarse_pixels()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Corpus.Root!, "conformance/pngsuite/basi2c08.png"));
        DecodedPng whole = DecodedPng.Decode(file);
        bool sawCoarse = false;
        for (int length = 0; length < file.Length - 24; length++)
        {
            if (Record.Exception(() => DecodedPng.Decode(file[..length])) is not null)
            {
                continue;
            }

            DecodedPng cut = DecodedPng.Decode(file[..length], out string? note);
            Assert.Contains("interlac", note!, StringComparison.Ordinal);
            if (note!.Contains("blank", StringComparison.Ordinal))
            {
                continue;
            }

            // The first pass is complete: its pixels are right, and every other pixel shows one of the picture's own.
            sawCoarse = true;
            for (int y = 0; y < whole.Height; y++)
            {
                for (int x = 0; x < whole.Width; x++)
                {
                    ushort[] pixel = Pixel(cut, x, y);
                    bool known = Enumerable.Range(0, 64).Any(i => pixel.SequenceEqual(Pixel(whole, (x & ~7) + (i % 8), (y & ~7) + (i / 8))));
                    Assert.True(known && ((x | y) % 8 != 0 || pixel.SequenceEqual(Pixel(whole, x, y))), $"{length} bytes, pixel ({x}, {y})");
                }
            }
        }

        Assert.True(sawCoarse);
    }

    private static void AssertImageErrorOrRows(byte[] file, string what)
    {
        try
        {
            PngDecoder decoder = PngDecoder.Read(file);

            // Damage to the header can give any size; the caller's limits handle that.
            if ((long)decoder.Info.Width * decoder.Info.Height <= 4_000_000)
            {
                DecodedPng.Decode(decoder, new(8, 0, 0, decoder.Info.Width, decoder.Info.Height), out _);
            }
        }
        catch (ImageException)
        {
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    private static ushort[] Row(DecodedPng pixels, int y) => pixels.Samples[(y * pixels.Width * 4)..((y + 1) * pixels.Width * 4)];

    private static ushort[] Pixel(DecodedPng pixels, int x, int y) => Row(pixels, y)[(4 * x)..((4 * x) + 4)];
}
