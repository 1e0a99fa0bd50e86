using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>
/// The bytes of thumbnails, as a list of digests: what changes them is meant to. Set UPDATE_GOLDEN=1 to write the list anew, and look at the
/// thumbnails and at the reason before committing it; other tests say whether they are right.
/// </summary>
public class GoldenThumbnailTests
{
    [CorpusFact]
    public void Thumbnails_are_those_of_the_list()
    {
        string list = Path.Combine(Folder(), "GoldenThumbnails.txt");
        string[] actual = [.. Thumbnails()];
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(list, actual);
        }

        string[] expected = File.ReadAllLines(list);
        string[] changed = [.. actual.Except(expected)];
        Assert.True(changed.Length == 0, $"{changed.Length} thumbnails changed:\n{string.Join('\n', changed)}");
        Assert.Equal(expected, actual);
    }

    private static IEnumerable<string> Thumbnails()
    {
        IEnumerable<string> photos = Corpus.Files("photos", "*.jpg").Concat(Corpus.Files("orientation", "*.jpg"));
        IEnumerable<string> samples = Corpus.Files("conformance/wuffs", "*.jpeg").Concat(Corpus.Files("conformance/pngsuite", "*.png"));
        foreach (string file in photos)
        {
            yield return Line(file, new ThumbnailOptions());
        }

        foreach (string file in samples)
        {
            yield return Line(file, new ThumbnailOptions { Width = 48, Height = 64, Fit = ThumbnailFit.Contain });
        }
    }

    private static string Line(string file, ThumbnailOptions options)
    {
        string name = $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)} {options.Width}x{options.Height} {options.Fit}";
        try
        {
            Thumbnail made = new Thumbnailer().Make(File.ReadAllBytes(file), options);
            return $"{name}: {made.Format} {made.Data.Length} {Convert.ToHexString(SHA256.HashData(made.Data))[..16]}";
        }
        catch (ImageException error)
        {
            return $"{name}: {error.GetType().Name}";
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
