using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats;

/// <summary>Windows of the formats without a test class of their own for them.</summary>
public class WindowTests
{
    [SamplesTheory]
    [InlineData("qoi")]
    [InlineData("pnm")]
    [InlineData("ico")]
    [InlineData("tga")]
    public void Any_window_equals_that_part_of_the_image(string folder)
    {
        Random random = new(6);
        foreach (string path in Samples.Files($"conformance/{folder}", "*.*"))
        {
            byte[] file = File.ReadAllBytes(path);
            ImageInfo info = InputFormat.Open(file).Info;
            (int width, int height, PixelLayout layout, byte[] whole, _) = Decoding.All(file);
            for (int i = 0; i < 6; i++)
            {
                int x = random.Next(width);
                int y = random.Next(height);
                DecodeWindow window = new(8, x, y, 1 + random.Next(width - x), 1 + random.Next(height - y));
                int size = layout.BytesPerPixel();
                byte[] expected = [.. Enumerable.Range(y, window.Height).SelectMany(row => whole.AsSpan(((row * width) + x) * size, window.Width * size).ToArray())];
                byte[] actual = Decoding.Part(file, window).Samples;
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{path}, {info}, {window}");
            }
        }
    }

    /// <summary>A file that ends within its pixels shows the rows that it has, as they are.</summary>
    [SamplesTheory]
    [InlineData("qoi")]
    [InlineData("pnm")]
    public void Truncated_files_show_their_rows(string folder)
    {
        int salvaged = 0;
        foreach (string path in Samples.Files($"conformance/{folder}", "*.*"))
        {
            byte[] file = File.ReadAllBytes(path);
            (_, int height, PixelLayout layout, byte[] whole, _) = Decoding.All(file);
            for (int length = file.Length / 2; height > 8 && length < file.Length; length += Math.Max(1, file.Length / 9))
            {
                (_, _, _, byte[] part, string? note) = Decoding.All(file[..length]);
                if (note is null)
                {
                    Assert.Equal(whole, part);
                    continue;
                }

                salvaged++;
                Assert.Contains("truncated", note, StringComparison.Ordinal);
                int same = whole.AsSpan().CommonPrefixLength(part);
                Assert.True(same >= whole.Length / 5, $"{path}, {length}: {same} of {whole.Length}");
                byte blank = layout.HasAlpha() ? (byte)0 : (byte)128;
                Assert.All(part[^layout.BytesPerPixel()..], sample => Assert.Equal(blank, sample));
            }
        }

        Assert.True(salvaged > 3);
    }
}
