using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>Broken, cut-off and malicious files give a thumbnail or one of the three image errors, soon, and nothing else.</summary>
public class HostileInputTests
{
    [CorpusFact]
    public void Fuzzed_files_give_a_thumbnail_or_an_image_error() =>
        AssertTame(Corpus.Files("hostile", "*").Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))));

    [CorpusFact]
    public void Truncated_samples_give_a_thumbnail_or_an_image_error() =>
        AssertTame(Corpus.Files("conformance", "*.*").SelectMany(Truncations));

    private static IEnumerable<(string, byte[])> Truncations(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        return Enumerable.Range(0, 9).Select(i => (int)((long)file.Length * i / 8)).Distinct()
            .Select(length => ($"{Path.GetFileName(path)} cut at {length}", file[..length]));
    }

    private static void AssertTame(IEnumerable<(string Name, byte[] File)> files)
    {
        // ImageSharp's own allocations are limited by its allocator; what it makes beside that is not ours to count.
        TameRun run = new(
            file =>
            {
                Thumbnail made = new ImageSharpThumbnailer().Make(file, new ThumbnailOptions { Limits = new() { MaxPixels = 30_000_000 } });
                Assert.Equal((200, 200), (made.Width, made.Height));
            },
            long.MaxValue);
        run.Run(files);
        run.AssertTame();
    }
}
