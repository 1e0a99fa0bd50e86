using ResizeImage.Imaging.Tests.Support;
using Xunit.Abstractions;

namespace ResizeImage.Imaging.Tests;

/// <summary>
/// The way from a JPEG to a thumbnail, before encoding, beside the ideal one: libjpeg-turbo's full decode, resampled in linear light by Lanczos3
/// in double precision. Photos are made smaller by so much that each scale of the decoder is used, in baseline and in progressive copies.
/// </summary>
public class IdealThumbnailTests(ITestOutputHelper output)
{
    /// <summary>
    /// By how much photos are made smaller, the decoder's scale at that, and the PSNR in dB that each photo must reach: 1 dB below the worst of
    /// them. Full decodes differ by rounding alone.
    /// </summary>
    public static TheoryData<double, int, double> Reductions => new()
    {
        { 2, 8, 68 },
        { 5, 4, 41 },
        { 6, 3, 38.5 },
        { 14, 2, 38.5 },
        { 30, 1, 34 },
    };

    [SamplesTheory("djpeg", "jpegtran")]
    [MemberData(nameof(Reductions))]
    public void Thumbnails_are_near_the_ideal(double reduction, int eighths, double least)
    {
        List<string> worse = [];
        (double Psnr, string Name) worst = (double.MaxValue, "");
        foreach (string path in Samples.Files("photos", "*.jpg").Where((_, i) => eighths < 8 || i % 3 == 0))
        {
            // Without EXIF and profile: the judge does not know them.
            byte[] baseline = Djpeg.ToSequential(File.ReadAllBytes(path));
            Pnm full = Djpeg.Decode(baseline);
            (int width, int height) = ((int)(full.Width / reduction), (int)(full.Height / reduction));
            byte[] ideal = IdealResampler.Resize(full, width, height);
            foreach (byte[] file in (byte[][])[baseline, ExternalProgram.Run("jpegtran", ["-copy", "none", "-progressive"], baseline)])
            {
                ThumbnailOptions options = new() { Width = width, Height = height, Fit = ThumbnailFit.Fill, Format = OutputFormat.Png };
                Thumbnail made = new Thumbnailer().Make(file, options);
                Assert.Equal(eighths, made.Eighths);
                byte[] actual = Decoding.All(made.Data).Samples;
                double psnr = IdealResampler.Psnr(ideal, actual);
                string name = Path.GetFileName(path) + (file == baseline ? "" : ", progressive");
                worst = psnr < worst.Psnr ? (psnr, name) : worst;
                if (psnr < least)
                {
                    worse.Add($"{name}: {psnr:F1} dB");
                }
            }
        }

        output.WriteLine($"worst at 1/{reduction}: {worst.Psnr:F1} dB, {worst.Name}");
        Assert.True(worse.Count == 0, string.Join('\n', worse));
    }
}
