using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>Every WebP of the corpus, with libwebp as judge.</summary>
public class WebPConformanceTests
{
    [CorpusFact("dwebp")]
    public void Pixels_are_exactly_those_of_libwebp()
    {
        List<string> wrong = [];
        foreach (string path in Stills())
        {
            if (Dwebp.DifferenceOf(File.ReadAllBytes(path)) is string difference)
            {
                wrong.Add($"{path}: {difference}");
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Stills() =>
        Corpus.Files("conformance", "*.webp").Where(path => !File.ReadAllBytes(path).AsSpan().StartsWith("RIFF"u8) || File.ReadAllBytes(path).AsSpan(0, 64).IndexOf("ANIM"u8) < 0);
}
