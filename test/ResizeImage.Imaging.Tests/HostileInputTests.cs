using System.Diagnostics;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>Broken, cut-off and malicious files give a thumbnail or one of the three image errors, soon, and nothing else.</summary>
public class HostileInputTests
{
    /// <summary>Far more than any takes (about a tenth of a second); a hang, not a slow machine, reaches it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [CorpusFact]
    public void Fuzzed_files_give_a_thumbnail_or_an_image_error() =>
        AssertTame(Corpus.Files("hostile", "*").Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))));

    [CorpusFact]
    public void Truncated_samples_give_a_thumbnail_or_an_image_error() =>
        AssertTame(Corpus.Files("conformance", "*.*").Where(IsRead).SelectMany(Truncations));

    [CorpusFact]
    public void A_photo_that_was_cut_off_gives_a_thumbnail_and_says_so()
    {
        byte[] photo = File.ReadAllBytes(Corpus.Files("photos", "nexus4-8mp.jpg")[0]);
        Thumbnail whole = new Thumbnailer().Make(photo, new ThumbnailOptions());
        Thumbnail half = new Thumbnailer().Make(photo.AsMemory(0, photo.Length / 2), new ThumbnailOptions());
        Assert.Null(whole.Note);
        Assert.Equal("The JPEG file is cut off or damaged; what could not be read is grey.", half.Note);
        Assert.Equal((200, 200), (half.Width, half.Height));
    }

    [Fact]
    public void A_hundred_empty_scans_over_a_large_picture()
    {
        const int Side = 16383;
        byte[] codes = [0, 2, .. new byte[14], 0, 1];
        byte[] dcScan = [.. Segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 0, 0]), 0, 0];
        byte[] file =
        [
            0xFF, 0xD8,
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]),
            .. Segment(0xC2, [8, Side >> 8, Side & 255, Side >> 8, Side & 255, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]),
            .. Segment(0xC4, [0, .. codes]),
            .. Segment(0xDD, [0, 1]), // a restart interval for each MCU
            .. Enumerable.Repeat(dcScan, 99).SelectMany(scan => scan),
            0xFF, 0xD9,
        ];
        long start = Stopwatch.GetTimestamp();
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions());
        Assert.Equal("The JPEG file is cut off or damaged; what could not be read is grey.", made.Note);
        Assert.True(Stopwatch.GetElapsedTime(start) < Patience);

        static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
    }

    private static bool IsRead(string path) => Path.GetExtension(path) is ".jpg" or ".jpeg" or ".png" or ".webp";

    /// <summary>Every length within the header, and forty in all.</summary>
    private static IEnumerable<(string, byte[])> Truncations(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        IEnumerable<int> lengths = Enumerable.Range(0, Math.Min(64, file.Length))
            .Concat(Enumerable.Range(0, 40).Select(i => (int)(file.Length * (i / 40.0))));
        return lengths.Select(length => ($"{Path.GetFileName(path)} cut at {length}", file[..length]));
    }

    private static void AssertTame(IEnumerable<(string Name, byte[] File)> files)
    {
        var escapes = new List<string>();
        int thumbnails = 0;
        int refusals = 0;
        foreach ((string name, byte[] file) in files)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions());
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
