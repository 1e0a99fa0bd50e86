using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>
/// The decoder, compared with libjpeg-turbo's djpeg and its accurate integer DCT. With version 2.1.5 all samples are identical; the tolerance is
/// for other versions. <see cref="IdealThumbnailTests"/> tests reduced scales.
/// </summary>
public class JpegConformanceTests
{
    private const int Tolerance = 2;

    private static readonly int[] Scales = [8, 4, 3, 2, 1];

    /// <summary>Files that the decoder rejects as unsupported.</summary>
    private static readonly string[] Unsupported = ["monkey12.jpg", "testimgari.jpg"];

    /// <summary>djpeg converts inks to colors; <see cref="JpegColorTests"/> judges the inks.</summary>
    private static readonly string[] Inks = ["cmyk.jpg"];

    [SamplesFact("djpeg", "jpegtran")]
    public void Every_sample_decodes_as_djpeg_does()
    {
        string[] files =
        [
            .. Samples.Files("conformance", "*.jp*g"), .. Samples.Files("photos", "*.jpg"), .. Samples.Files("orientation", "*.jpg"),
        ];
        Assert.All(files.Where(path => !Inks.Contains(Path.GetFileName(path))), path =>
        {
            byte[] file = File.ReadAllBytes(path);
            if (Unsupported.Contains(Path.GetFileName(path)))
            {
                Assert.Throws<UnsupportedImageException>(() => InputFormat.Open(file));
                return;
            }

            byte[] judged = path.Contains("progressive", StringComparison.Ordinal) ? Djpeg.ToSequential(file) : file;
            AssertSame(judged, file);
        });
    }

    public static TheoryData<string> EncoderOptions => new(
    [
        "-sample 1x1", "-sample 2x1", "-sample 1x2", "-sample 2x2", "-sample 4x1", "-sample 4x2", "-sample 1x4",
        "-sample 2x2,1x2,2x1", "-sample 1x1,2x2,1x1", "-sample 2x1,1x1,2x1",
        "-grayscale", "-grayscale -sample 2x2", "-grayscale -sample 1x2 -restart 2B", "-rgb", "-optimize -quality 30", "-quality 100", "-quality 1", "-restart 1", "-restart 3B", "-arithmetic",
        "-progressive", "-progressive -sample 2x1 -restart 2", "-progressive -grayscale", "-progressive -sample 4x1 -quality 95",
    ]);

    [ToolTheory("cjpeg", "djpeg")]
    [MemberData(nameof(EncoderOptions))]
    public void Files_of_cjpeg_decode_as_djpeg_does(string options)
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (3, 4), (7, 5), (16, 16), (17, 33), (100, 75), (131, 64)])
        {
            byte[] file = Djpeg.Encode(TestPicture.Rgb(width, height), options.Split(' '));
            if (options == "-arithmetic")
            {
                Assert.Throws<UnsupportedImageException>(() => InputFormat.Open(file));
                continue;
            }

            AssertSame(file, file);
        }
    }

    [ToolFact("cjpeg", "djpeg")]
    public void Separate_scans_of_each_component_are_combined()
    {
        string script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, "0; 1; 2;");
            byte[] file = Djpeg.Encode(TestPicture.Rgb(75, 51), "-scans", script, "-restart", "2");
            AssertSame(file, file);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [ToolFact("cjpeg")]
    public void A_window_equals_that_part_of_the_whole_image()
    {
        var random = new Random(7);
        foreach (string options in (string[])["-sample 2x2", "-sample 2x1", "-sample 1x2", "-sample 1x1", "-sample 4x2", "-progressive -sample 2x2"])
        {
            byte[] file = Djpeg.Encode(TestPicture.Rgb(203, 149), options.Split(' '));
            foreach (int eighths in Scales)
            {
                var whole = Decoding.All(file, eighths);
                for (int i = 0; i < 20; i++)
                {
                    int x = random.Next(whole.Width);
                    int y = random.Next(whole.Height);
                    var window = new DecodeWindow(eighths, x, y, random.Next(1, whole.Width - x + 1), random.Next(1, whole.Height - y + 1));
                    byte[] part = Decoding.Part(file, window).Samples;
                    for (int row = 0; row < window.Height; row++)
                    {
                        int at = (((window.Y + row) * whole.Width) + window.X) * 3;
                        Assert.Equal(whole.Samples.AsSpan(at, window.Width * 3), part.AsSpan(row * window.Width * 3, window.Width * 3));
                    }
                }
            }
        }
    }

    private static void AssertSame(byte[] judged, byte[] file)
    {
        var actual = Decoding.All(file);
        int worst = Djpeg.WorstDifference(Djpeg.Decode(judged), actual.Width, actual.Height, actual.Samples);
        Assert.True(worst <= Tolerance, $"differs by {worst}");
    }
}
