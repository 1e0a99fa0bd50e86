using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>Several thumbnails of a photo are made together; each has the bytes that it has alone. Only a note on damage can come from rows of another.</summary>
public class SharedDecodingTests
{
    private static readonly ThumbnailOptions[] Outputs =
    [
        new() { Width = 12, Height = 12 },
        new() { Width = 40, Height = 17 },
        new() { Width = 9, Height = 31, Fit = ThumbnailFit.Contain, Format = OutputFormat.Png },
        new() { Width = 90, Height = 90, Fit = ThumbnailFit.Inside, Format = OutputFormat.Png },
        new() { Width = 333, Height = 5, Format = OutputFormat.Png },
        new() { Width = 200, Height = 200, Format = OutputFormat.Png },
    ];

    private static readonly ThumbnailOptions[] OfPhotos =
    [
        new() { Format = OutputFormat.Png }, new() { Width = 800, Height = 600, Fit = ThumbnailFit.Inside, Format = OutputFormat.Png },
        new() { Width = 1600, Height = 40, Format = OutputFormat.Png }, new() { Width = 100, Height = 1000, Format = OutputFormat.Png },
        new() { Width = 97, Height = 97 }, new() { Width = 800, Height = 600, Fit = ThumbnailFit.Inside, Format = OutputFormat.WebP },
    ];

    [SamplesFact]
    public void Samples_give_the_same_bytes_together_and_alone() =>
        AssertIndependent(Samples.Files("conformance", "*.*").Where(path => new FileInfo(path).Length < 400_000), Outputs, atLeast: 150);

    [CorpusFact]
    public void Photos_give_the_same_bytes_together_and_alone() =>
        AssertIndependent([.. Corpus.Files("photos", "*.jpg").Take(4), .. Corpus.Files("heif/heic", "iphone1*").Take(1)], OfPhotos, atLeast: 5);

    [Fact]
    public void A_photo_is_decoded_once()
    {
        int opened = 0;
        byte[] jpeg = new Thumbnailer().Make(TestPicture.Rgb(640, 480).ToFile(), new ThumbnailOptions { Width = 640, Height = 480, Format = OutputFormat.Jpeg }).Data;
        WorkMeter work = new();
        ThumbnailPipeline.Run(Open, OfPhotos, work);
        Assert.Equal(1, opened);

        ImageDecoder Open()
        {
            opened++;
            return InputFormat.Open(new ByteSource(jpeg, work));
        }
    }

    private static void AssertIndependent(IEnumerable<string> paths, ThumbnailOptions[] outputs, int atLeast)
    {
        Thumbnailer thumbnailer = new();
        int compared = 0;
        foreach (string path in paths)
        {
            byte[] file = File.ReadAllBytes(path);
            Thumbnail[] together;
            try
            {
                together = thumbnailer.Make(file, outputs);
            }
            catch (ImageException)
            {
                continue;
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                Thumbnail alone = thumbnailer.Make(file, outputs[i]);
                Assert.True(alone.Data.AsSpan().SequenceEqual(together[i].Data), $"{path}, output {i} ({outputs[i].Width}x{outputs[i].Height})");
                Assert.True(alone.Note is null || together[i].Note is not null, $"{path}, output {i}");
            }

            compared++;
        }

        Assert.InRange(compared, atLeast, int.MaxValue);
    }
}
