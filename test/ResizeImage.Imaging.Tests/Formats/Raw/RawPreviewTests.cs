using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Raw;

/// <summary>Raw photos: the largest preview is shown, upright by the raw file's orientation, and the thumbnail says so.</summary>
public class RawPreviewTests
{
    [SamplesTheory("cjpeg")]
    [InlineData("dng.dng", 6)]
    [InlineData("nef.nef", 6)]
    [InlineData("rw2.rw2", 8)]
    [InlineData("orf.orf", 1)]
    [InlineData("raf.raf", 8)]
    [InlineData("cr3.cr3", 3)]
    public void The_largest_preview_is_shown(string name, int orientation)
    {
        byte[] file = File.ReadAllBytes(Samples.Files("conformance/raw", name)[0]);
        Assert.Equal(new ImageInfo(ImageFormat.Raw, 96, 64, orientation), new Thumbnailer().Identify(file));
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions { Width = 48, Height = 48, Fit = ThumbnailFit.Contain, Format = OutputFormat.Png });
        Assert.Equal("Made from the preview that the camera stored in the raw file (96 × 64).", made.Note);

        // All samples have the same large preview: it begins at the last SOI of the file.
        byte[] jpeg = file[file.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xD8, (byte)0xFF])..];
        Assert.Equal(Decoding.All(jpeg).Samples, Decoding.All(file).Samples);
    }

    [SamplesFact]
    public void Raw_photos_without_a_preview_are_refused_by_name()
    {
        byte[] file = File.ReadAllBytes(Samples.Files("conformance/raw", "dng.dng")[0]);
        for (int i = 0; i < file.Length - 1; i++)
        {
            file[i + 1] = (file[i], file[i + 1]) == (0xFF, 0xD8) ? (byte)0 : file[i + 1];
        }

        var refusal = RefusalAdvice.AssertAdvises(Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Identify(file)));
        Assert.StartsWith("The file is a raw photo (DNG); ", refusal.Message, StringComparison.Ordinal);
    }

    [SamplesFact]
    public void A_loop_of_directories_ends()
    {
        byte[] file = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0xC6, 4, 0, 1, 0, 0, 0, 1, 4, 0, 0, 8, 0, 0, 0];
        Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Identify(file));
    }
}
