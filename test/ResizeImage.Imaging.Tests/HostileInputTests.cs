using ResizeImage.Imaging.Tests.Support;
using Xunit.Abstractions;

namespace ResizeImage.Imaging.Tests;

/// <summary>Broken, cut-off and malicious files give a thumbnail or one of the three image errors, soon, and nothing else.</summary>
public class HostileInputTests(ITestOutputHelper output)
{
    [CorpusFact]
    public void Fuzzed_files_give_a_thumbnail_or_an_image_error() =>
        AssertTame(Corpus.Files("hostile", "*").Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))));

    [SamplesFact]
    public void Truncated_samples_give_a_thumbnail_or_an_image_error() =>
        AssertTame(Samples.Files("conformance", "*.*").SelectMany(Truncations));

    [CorpusFact]
    public void A_truncated_photo_gives_a_thumbnail_and_a_note()
    {
        byte[] photo = File.ReadAllBytes(Corpus.Files("photos", "nexus4-8mp.jpg")[0]);
        Thumbnail whole = new Thumbnailer().Make(photo, new ThumbnailOptions());
        Thumbnail half = new Thumbnailer().Make(photo.AsMemory(0, photo.Length / 2), new ThumbnailOptions());
        Assert.Null(whole.Note);
        Assert.Equal("The JPEG file is truncated or corrupt; the parts that could not be decoded are gray.", half.Note);
        Assert.Equal((200, 200), (half.Width, half.Height));
    }

    [Fact]
    public void A_hundred_empty_scans_over_a_large_image()
    {
        const int Side = 16383;
        byte[] codes = [0, 2, .. new byte[14], 0, 1];

        // A bit is always missing: with the scan that brings it, decoding would be complete.
        byte[] dcScan = [.. Segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 0, 1]), 0, 0];
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
        ImageLimitException refusal = Assert.Throws<ImageLimitException>(() => new Thumbnailer().Make(file, new ThumbnailOptions()));
        Assert.Equal(nameof(ImageLimits.MaxWork), refusal.Limit);
        Assert.Contains(" units of work", refusal.Message, StringComparison.Ordinal);

        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions { Limits = new ImageLimits { MaxWork = long.MaxValue } });
        Assert.Equal("The JPEG file is truncated or corrupt; the parts that could not be decoded are gray.", made.Note);

        static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
    }

    /// <summary>Small files at every length; of larger ones, every length within the header and twenty in all; with FUZZ set, a thousand.</summary>
    private static IEnumerable<(string, byte[])> Truncations(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        (int header, int places) = Environment.GetEnvironmentVariable("FUZZ") is null ? (64, 20) : (500, 1000);
        IEnumerable<int> lengths = file.Length < 300 || file.Length < places
            ? Enumerable.Range(0, file.Length)
            : Enumerable.Range(0, header).Concat(Enumerable.Range(0, places).Select(i => (int)((long)file.Length * i / places))).Distinct();
        return lengths.Select(length => ($"{Path.GetFileName(path)} cut at {length}", file[..length]));
    }

    private void AssertTame(IEnumerable<(string Name, byte[] File)> files)
    {
        const long MaxDecodedBytes = 64 << 20;
        ThumbnailOptions options = new() { Limits = new ImageLimits { MaxDecodedBytes = MaxDecodedBytes } };
        TameRun run = new(
            file =>
            {
                Thumbnail made = new Thumbnailer().Make(file, options);
                Assert.Equal((200, 200), (made.Width, made.Height));
            },
            MaxDecodedBytes + (8 << 20));
        run.Run(files);
        output.WriteLine(run.ToString());
        run.AssertTame();
    }
}
