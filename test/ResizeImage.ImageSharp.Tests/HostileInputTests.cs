using System.Diagnostics;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>Broken, cut-off and malicious files give a thumbnail or one of the three image errors, soon, and nothing else.</summary>
public class HostileInputTests
{
    /// <summary>A hang, not a slow machine, reaches it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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
        List<string> escapes = [];
        int thumbnails = 0;
        int refusals = 0;
        foreach ((string name, byte[] file) in files)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                Thumbnail made = new ImageSharpThumbnailer().Make(file, new ThumbnailOptions { Limits = new() { MaxPixels = 30_000_000 } });
                Assert.Equal((200, 200), (made.Width, made.Height));
                thumbnails++;
            }
            catch (ImageException)
            {
                refusals++;
            }
            catch (Exception error)
            {
                escapes.Add($"{name}: {error}");
            }

            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                escapes.Add($"{name}: took {Stopwatch.GetElapsedTime(start)}");
            }
        }

        Assert.True(escapes.Count == 0, string.Join('\n', escapes.Take(10)));
        Assert.True(thumbnails > 0 && refusals > 0, $"{thumbnails} thumbnails, {refusals} refusals");
    }
}
