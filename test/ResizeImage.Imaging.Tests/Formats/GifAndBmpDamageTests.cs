using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats;

/// <summary>Samples of both formats with random damage, and what decoding takes.</summary>
public class GifAndBmpDamageTests
{
    private const int MaxSampleBytes = 40_000;

    [SamplesFact]
    public void Every_sample_with_changed_bytes_gives_rows_or_an_image_error()
    {
        Random random = new(9);
        foreach (string path in SmallSamples())
        {
            byte[] file = File.ReadAllBytes(path);
            for (int i = 0; i < 60; i++)
            {
                byte[] damaged = [.. file];
                for (int n = random.Next(1, 5); n > 0; n--)
                {
                    // Half of the damage is where headers are.
                    damaged[random.Next(random.Next(2) == 0 ? Math.Min(damaged.Length, 150) : damaged.Length)] = (byte)random.Next(256);
                }

                AssertImageErrorOrRows(random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged, $"{path}, damage {i}");
            }
        }
    }

    [SamplesFact]
    public void Decoding_stays_within_its_estimate_of_memory()
    {
        // What is the same for every picture: the objects themselves, and the colors.
        const long Slack = 16 << 10;
        foreach (string path in SmallSamples())
        {
            byte[] file = File.ReadAllBytes(path);
            try
            {
                Decode(file);
                ImageDecoder decoder = InputFormat.Open(file);
                DecodeWindow window = Window(decoder);
                byte[] row = new byte[window.Width * 4];
                long before = GC.GetAllocatedBytesForCurrentThread();
                using RowReader rows = decoder.Open(window);
                for (int y = 0; y < window.Height; y++)
                {
                    rows.ReadRow(row.AsSpan(0, window.Width * rows.Layout.BytesPerPixel()));
                }

                long taken = GC.GetAllocatedBytesForCurrentThread() - before;
                long told = decoder.EstimateMemory(window);
                Assert.True(taken <= told + Slack, $"{path}: {taken} bytes, told {told}");
            }
            catch (ImageException)
            {
            }
        }
    }

    private static IEnumerable<string> SmallSamples() => Samples.Files("conformance", "*.gif").Concat(Samples.Files("conformance", "*.bmp"))
        .Where(path => new FileInfo(path).Length <= MaxSampleBytes);

    private static void AssertImageErrorOrRows(byte[] file, string what)
    {
        try
        {
            Decode(file);
        }
        catch (ImageException)
        {
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    private static void Decode(byte[] file)
    {
        ImageDecoder decoder = InputFormat.Open(file);

        // Damage to the header can make the picture as large as it likes; that is for the caller's limits.
        if ((long)decoder.Info.Width * decoder.Info.Height > 4_000_000)
        {
            return;
        }

        DecodeWindow window = Window(decoder);
        using RowReader rows = decoder.Open(window);
        byte[] row = new byte[window.Width * rows.Layout.BytesPerPixel()];
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(row);
        }
    }

    private static DecodeWindow Window(ImageDecoder decoder) => new(8, 0, 0, decoder.Info.Width, decoder.Info.Height);
}
