using ResizeImage.Imaging.Metadata;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Metadata;

public class ExifOrientationTests
{
    [SamplesFact]
    public void Orientation_of_samples_is_the_one_in_their_name()
    {
        int found = 0;
        foreach (string path in Samples.Files("orientation", "*_?.jpg"))
        {
            byte[] file = File.ReadAllBytes(path);
            int exif = file.AsSpan().IndexOf("Exif\0\0"u8);
            int expected = Path.GetFileNameWithoutExtension(path)[^1] - '0';
            Assert.Equal(exif < 0 ? 1 : ExifOrientation.Read(file.AsSpan(exif + 6)), Math.Max(1, expected));
            found += exif >= 0 ? 1 : 0;
        }

        Assert.True(found >= 16);
    }

    /// <summary>Editors append a second segment instead of changing the first one.</summary>
    [ToolTheory("cjpeg")]
    [InlineData(6, 3, 6)]
    [InlineData(8, 1, 8)]
    [InlineData(1, 6, 6)]
    public void The_first_segment_that_turns_the_image_counts(byte first, byte second, int expected)
    {
        byte[] file = JpegFile.With(Djpeg.Encode(TestPicture.Rgb(16, 8)), Segment(first), Segment(second));
        Assert.Equal(expected, new Thumbnailer().Identify(file).Orientation);

        static byte[] Segment(byte orientation) => JpegFile.Segment(
            JpegFile.App1, [.. "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"u8, orientation, 0, 0, 0, 0, 0, 0]);
    }

    [Theory]
    [InlineData("4949 2A00 08000000 0100 1201 0300 01000000 06000000 00000000", 6)]
    [InlineData("4D4D 002A 00000008 0001 0112 0003 00000001 00060000 00000000", 6)]
    [InlineData("4D4D 002A 00000008 0001 0112 0004 00000001 00000008 00000000", 8)]
    [InlineData("4949 2A00 08000000 0100 1201 0100 01000000 03000000 00000000", 3)]
    [InlineData("4D4D 002A 00000008 0002 0100 0003 00000001 00090000 0112 0003 00000001 00050000", 5)]
    [InlineData("4D4D 002A 0000000A FFFF 0001 0112 0003 00000001 00070000", 7)]
    [InlineData("4D4D 002A 00000008 FFFF 0112 0003 00000001 00070000", 7)]
    public void A_broken_or_odd_but_readable_orientation_counts(string hex, int expected) => Assert.Equal(expected, Read(hex));

    [Theory]
    [InlineData("")]
    [InlineData("4D4D 002A 0000")]
    [InlineData("4D4D 002B 00000008 0001 0112 0003 00000001 00060000")]
    [InlineData("4D49 002A 00000008 0001 0112 0003 00000001 00060000")]
    [InlineData("4D4D 002A 00000008 0001 0112 0003 00000001 00000000")]
    [InlineData("4D4D 002A 00000008 0001 0112 0003 00000001 00090000")]
    [InlineData("4D4D 002A 00000008 0001 0112 0002 00000001 00060000")]
    [InlineData("4D4D 002A 00000008 0001 0112 0004 00000001 FFFFFFFF")]
    [InlineData("4D4D 002A 00000008 0000 0112 0003 00000001 00060000")]
    [InlineData("4D4D 002A FFFFFFFF 0001 0112 0003 00000001 00060000")]
    [InlineData("4D4D 002A 00000008 0001 0112 0003 00000001 0006")]
    public void Anything_else_is_upright(string hex) => Assert.Equal(1, Read(hex));

    [Fact]
    public void Noise_never_throws()
    {
        Random random = new(1);
        byte[] noise = new byte[64];
        for (int i = 0; i < 100_000; i++)
        {
            random.NextBytes(noise);
            (random.Next(2) == 0 ? "II*\0"u8 : "MM\0*"u8).CopyTo(noise);
            noise.AsSpan(4, 3).Clear();
            Assert.InRange(ExifOrientation.Read(noise.AsSpan(0, random.Next(65))), 1, 8);
        }
    }

    private static int Read(string hex) => ExifOrientation.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
}
