using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>The encoder, with libwebp's programs and our decoder as judges.</summary>
public class WebPEncoderTests
{
    private static readonly (int Width, int Height)[] Sizes =
        [(1, 1), (1, 17), (2, 2), (3, 5), (15, 16), (16, 15), (17, 17), (33, 17), (16, 64), (101, 67), (200, 133)];

    /// <summary>A frame whose modes or coefficients the decoder reads otherwise than they were meant does not resemble the image.</summary>
    [ToolFact("cwebp", "dwebp")]
    public void Photos_are_as_near_to_the_original_as_those_of_cwebp()
    {
        foreach (int quality in (int[])[10, 40, 75, 90, 100])
        {
            Pnm picture = TestPicture.Rgb(200, 133);
            byte[] ours = WebPEncoder.Encode(new Bitmap(200, 133, 3, picture.Samples), quality);
            byte[] theirs = Dwebp.Encode(picture, "-q", $"{quality}");
            Assert.InRange(Psnr(picture, ours), Psnr(picture, theirs) - 1.5, 100);
            Assert.InRange(ours.Length, theirs.Length / 2, theirs.Length * 1.2);
        }
    }

    [ToolFact("dwebp")]
    public void Both_decoders_agree_on_every_size_and_kind() => Assert.Empty(
        from size in Sizes
        from channels in (int[])[1, 3, 4]
        from quality in (int[])[5, 75, 100]
        let bitmap = new Bitmap(size.Width, size.Height, channels, TestPicture.Samples(size.Width, size.Height, channels))
        let difference = Dwebp.DifferenceOf(WebPEncoder.Encode(bitmap, quality))
        where difference is not null
        select $"{size}, {channels} channels, quality {quality}: {difference}");

    [ToolFact("dwebp")]
    public void Noise_of_every_quality_can_be_decoded()
    {
        Random random = new(5);
        for (int quality = 1; quality <= 100; quality++)
        {
            Bitmap bitmap = Noise(random, random.Next(1, 70), random.Next(1, 70), 3);
            Assert.Null(Dwebp.DifferenceOf(WebPEncoder.Encode(bitmap, quality)));
        }
    }

    [Fact]
    public void A_higher_quality_is_nearer_to_the_original_and_larger()
    {
        Pnm picture = TestPicture.Rgb(200, 133);
        Bitmap bitmap = new(200, 133, 3, picture.Samples);
        byte[][] files = [.. ((int[])[5, 20, 40, 60, 75, 85, 95, 100]).Select(quality => WebPEncoder.Encode(bitmap, quality))];
        for (int i = 1; i < files.Length; i++)
        {
            Assert.True(files[i].Length > files[i - 1].Length);
            Assert.True(Quality.Psnr(picture.Samples, Decoding.All(files[i]).Samples) > Quality.Psnr(picture.Samples, Decoding.All(files[i - 1]).Samples));
        }
    }

    [ToolFact("webpinfo")]
    public void Files_are_valid_for_webpinfo()
    {
        foreach (int channels in (int[])[1, 3, 4])
        {
            string path = Path.GetTempFileName();
            File.WriteAllBytes(path, WebPEncoder.Encode(new Bitmap(33, 17, channels, TestPicture.Samples(33, 17, channels)), 75));
            string report = System.Text.Encoding.ASCII.GetString(ExternalProgram.Run("webpinfo", [path]));
            File.Delete(path);
            Assert.Contains("No error detected.", report, StringComparison.Ordinal);
            Assert.DoesNotContain("arning", report, StringComparison.Ordinal);
        }
    }

    [ToolFact("dwebp")]
    public void Alpha_is_exact()
    {
        foreach ((int width, int height) in Sizes)
        {
            byte[] samples = TestPicture.Samples(width, height, 4);
            byte[] decoded = Dwebp.Decode(WebPEncoder.Encode(new Bitmap(width, height, 4, samples), 60)).Rgba;
            Assert.Equal(Alphas(samples), Alphas(decoded));
        }
    }

    [Fact]
    public void The_encoder_can_be_canceled()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => WebPEncoder.Encode(Noise(new Random(1), 40, 40, 3), 75, new WorkMeter(cancellation: source.Token)));
    }

    private static double Psnr(Pnm picture, byte[] file) => Quality.Psnr(picture.Samples, Decoding.All(file).Samples);

    private static byte[] Alphas(byte[] rgba) => [.. rgba.Where((_, i) => i % 4 == 3)];

    private static Bitmap Noise(Random random, int width, int height, int channels)
    {
        byte[] samples = new byte[width * height * channels];
        random.NextBytes(samples);
        return new(width, height, channels, samples);
    }
}
