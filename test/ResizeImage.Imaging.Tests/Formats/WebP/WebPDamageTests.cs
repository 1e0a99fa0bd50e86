using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>Files that end early, and files with random damage.</summary>
public class WebPDamageTests
{
    private static readonly string[] Kinds = ["-q 60", "-q 20 -f 100 -nostrong", "-lossless -z 9", "-lossless -z 0", "-near_lossless 40"];

    [ToolFact("cwebp")]
    public void Small_files_cut_anywhere_give_rows_or_an_image_error()
    {
        foreach ((string name, byte[] file) in Samples())
        {
            for (int length = 0; length < file.Length; length++)
            {
                AssertImageErrorOrRows(file[..length], $"{name} cut to {length} bytes");
            }
        }
    }

    [ToolFact("cwebp")]
    public void Changed_bits_give_rows_or_an_image_error()
    {
        Random random = new(8);
        foreach ((string name, byte[] file) in Samples())
        {
            for (int i = 0; i < 250; i++)
            {
                byte[] damaged = [.. file];
                for (int n = random.Next(1, 4); n > 0; n--)
                {
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                }

                AssertImageErrorOrRows(damaged, $"{name}, damage {i}");
            }
        }
    }

    [ToolTheory("cwebp")]
    [InlineData("-q 80")]
    [InlineData("-lossless")]
    public void A_truncated_file_gives_its_rows_and_gray_rows(string options)
    {
        const int Side = 96;
        byte[] file = Dwebp.Encode(TestPicture.Rgb(Side, Side), options.Split(' '));
        DecodeWindow window = new(8, 0, 0, Side, Side) { WillBeDownscaled = true };
        var whole = Decoding.Part(file, window);
        var cut = Decoding.Part(file[..(file.Length * 2 / 3)], window);
        int rows = Enumerable.Range(0, Side).Count(y => !cut.Samples.Skip(y * 3 * Side).Take(3 * Side).All(sample => sample == 128));
        Assert.InRange(rows, Side / 4, Side * 9 / 10);
        Assert.Equal(whole.Samples[..(rows * 3 * Side)], cut.Samples[..(rows * 3 * Side)]);
        Assert.Equal($"The WebP is truncated or corrupt: only the first {rows} of its {Side} rows can be read; the others are blank.", cut.Note);
    }

    [ToolFact("cwebp")]
    public void Blank_rows_of_a_transparent_image_are_transparent()
    {
        byte[] file = Dwebp.Encode(80, 80, TestPicture.Samples(80, 80, 4), "-lossless");
        var cut = Decoding.All(file[..(file.Length / 2)]);
        Assert.NotNull(cut.Note);
        Assert.All(cut.Samples[^320..], sample => Assert.Equal(0, sample));
    }

    [ToolFact("cwebp")]
    public void Corrupt_transparency_is_opaque_and_reported()
    {
        byte[] file = Dwebp.Encode(40, 40, TestPicture.Samples(40, 40, 4), "-q", "80");
        int alpha = file.AsSpan().IndexOf("ALPH"u8) + 8;
        file[alpha] = 2; // a compression that does not exist
        var decoded = Decoding.All(file);
        Assert.Equal(PixelLayout.Rgba8, decoded.Layout);
        Assert.All(Enumerable.Range(0, 1600), i => Assert.Equal(255, decoded.Samples[(4 * i) + 3]));
        Assert.Equal("The transparency of the WebP is truncated or corrupt; what could not be read of it is opaque.", decoded.Note);
    }

    private static IEnumerable<(string, byte[])> Samples()
    {
        foreach (string options in Kinds)
        {
            yield return (options, Dwebp.Encode(TestPicture.Rgb(37, 29), options.Split(' ')));
            yield return (options + " with alpha", Dwebp.Encode(37, 29, TestPicture.Samples(37, 29, 4), options.Split(' ')));
        }
    }

    private static void AssertImageErrorOrRows(byte[] file, string what)
    {
        try
        {
            ImageInfo info = InputFormat.Open(file).Info;

            // Damage to the header can make the picture as large as it likes; that is for the caller's limits.
            if ((long)info.Width * info.Height <= 100_000)
            {
                Decoding.All(file);
                Decoding.Part(file, new DecodeWindow(8, 0, 0, info.Width, info.Height) { WillBeDownscaled = true });
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
}
