using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Every PNG sample, with libpng as judge.</summary>
public class PngConformanceTests
{
    [SamplesFact(LibpngJudge.Compiler, LibpngJudge.Header)]
    public void Valid_files_decode_exactly_as_libpng_does()
    {
        List<string> wrong = [];
        foreach (string path in ValidFiles())
        {
            byte[] file = File.ReadAllBytes(path);
            string? difference = DecodedPng.Decode(file, out string? note).DifferenceFrom(LibpngJudge.Decode(file)) ?? note;
            if (difference is not null)
            {
                wrong.Add($"{path}: {difference}");
            }
        }

        Assert.Empty(wrong);
    }

    [CorpusFact]
    public void Corrupt_files_of_PngSuite_are_refused_unless_only_a_checksum_is_wrong()
    {
        foreach (string path in Corpus.Files("conformance/pngsuite", "x*.png"))
        {
            if (Path.GetFileName(path) == "xcsn0g01.png")
            {
                DecodedPng.Decode(File.ReadAllBytes(path), out string? note);
                Assert.StartsWith("The checksum of the PNG's chunk IDAT at byte ", note, StringComparison.Ordinal);
                continue;
            }

            Exception? e = Record.Exception(() => DecodedPng.Decode(File.ReadAllBytes(path)));
            Assert.True(e is InvalidImageException, $"{path}: {e?.ToString() ?? "was accepted"}");
        }
    }

    [SamplesFact]
    public void Any_window_equals_that_part_of_the_image()
    {
        Random random = new(5);
        foreach (string path in ValidFiles())
        {
            byte[] file = File.ReadAllBytes(path);
            DecodedPng whole = DecodedPng.Decode(file);
            for (int i = 0; i < 4; i++)
            {
                DecodeWindow window = RandomWindow(random, whole.Width, whole.Height);
                string? difference = DecodedPng.Decode(PngDecoder.Read(file), window, out _).DifferenceFrom(whole.Cut(window));
                Assert.True(difference is null, $"{path}, {window}: {difference}");
            }
        }
    }

    private static IEnumerable<string> ValidFiles() =>
        Samples.Files("conformance", "*.png").Where(path =>
            !Path.GetFileName(path).StartsWith('x') && !path.Contains("truncated.png", StringComparison.Ordinal));

    private static DecodeWindow RandomWindow(Random random, int width, int height)
    {
        int x = random.Next(width);
        int y = random.Next(height);
        return new(1, x, y, 1 + random.Next(width - x), 1 + random.Next(height - y));
    }
}
