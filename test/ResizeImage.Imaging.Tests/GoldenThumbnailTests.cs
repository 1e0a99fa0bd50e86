using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>
/// The bytes of thumbnails, as a list of digests with the version of the engine that made them: <see cref="Thumbnailer.Version"/> rises when one
/// of them changes. UPDATE_GOLDEN=1 writes the list again; look at the thumbnails and at the reason before committing it. Other tests say whether
/// they are right.
/// </summary>
public class GoldenThumbnailTests
{
    /// <summary>Lines of the samples begin with it; the others are those of the corpus, which count only where it is present.</summary>
    private const string OfSamples = "samples/";

    private static readonly ThumbnailOptions Small = new() { Width = 48, Height = 64, Fit = ThumbnailFit.Contain };

    [SamplesFact]
    public void Thumbnails_are_those_of_the_list()
    {
        string list = Path.Combine(Folder(), "GoldenThumbnails.txt");
        string[] expected = File.ReadAllLines(list);
        string[] ofCorpus = Corpus.Root is null ? [.. expected.Skip(1).Where(line => !line.StartsWith(OfSamples, StringComparison.Ordinal))] : [.. CorpusLines()];
        string[] actual = [$"version {Thumbnailer.Version}", .. SampleLines(), .. ofCorpus];
        HashSet<string> files = [.. expected.Select(FileOf)];
        string[] changed = [.. actual.Except(expected).Where(line => files.Contains(FileOf(line)))];
        Assert.True(
            changed.Length == 0 || actual[0] != expected[0],
            $"{changed.Length} thumbnails changed, and {nameof(Thumbnailer)}.{nameof(Thumbnailer.Version)} did not:\n{string.Join('\n', changed)}");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(list, actual);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>What a line is about.</summary>
    private static string FileOf(string line) => line.Split(": ")[0];

    private static IEnumerable<string> SampleLines() =>
    [
        .. Samples.InRepository("photos", "*.jpg").Concat(Samples.InRepository("orientation", "*.jpg")).Select(file => OfSamples + Line(file, new())),
        .. Samples.InRepository("orientation", "portrait*.jpg").Select(file => OfSamples + Line(file, new() { Focus = ThumbnailFocus.Center })),
        .. Samples.InRepository("photos", "*.jpg").Select(file => OfSamples + Line(file, new() { Format = OutputFormat.WebP })),
        .. Samples.InRepository("conformance", "*.*").Select(file => OfSamples + Line(file, Small)),
    ];

    private static IEnumerable<string> CorpusLines()
    {
        IEnumerable<string> photos = Corpus.Files("photos", "*.jpg").Concat(Corpus.Files("orientation", "*.jpg"));
        (string Folder, string Pattern)[] kinds = [("wuffs", "*.jpeg"), ("pngsuite", "*.png"), ("wuffs", "*.webp"), ("wuffs", "*.gif"), ("wuffs", "*.bmp")];
        IEnumerable<string> samples = kinds.SelectMany(kind => Corpus.Files($"conformance/{kind.Folder}", kind.Pattern));
        foreach (string file in photos)
        {
            yield return Line(file, new ThumbnailOptions());
        }

        foreach (string file in samples)
        {
            yield return Line(file, Small);
        }
    }

    private static string Line(string file, ThumbnailOptions options)
    {
        string name = $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)} {options.Width}x{options.Height} {options.Fit}";
        name += options.Focus == ThumbnailFocus.Auto ? "" : $" {options.Focus}";
        name += options.Format is OutputFormat format ? $" as {format}" : "";
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
