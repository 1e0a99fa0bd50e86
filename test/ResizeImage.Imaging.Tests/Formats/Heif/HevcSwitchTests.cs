using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Tests.Support;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifFile;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>HEVC turned off. A build without HEVC has the same refusal with other words.</summary>
public class HevcSwitchTests
{
    private const string Off = "The file is an HEIC image, and HEVC is turned off by DECODE_HEVC. Convert it to JPEG or PNG first.";

    private static readonly Thumbnailer WithoutHevc = new() { DecodesHevc = false };
    private static readonly byte[] HvcC = PaintCodec.HvcC(new PictureHeader(8, 6, ChromaFormat.Yuv420, 8, 8, null));

    [Theory]
    [InlineData("hvc1")]
    [InlineData("hev1")]
    public void A_picture_is_refused(string type) => AssertRefused(new HeifFile().Item(1, type, PaintCodec.Flat(1, 2, 3), HvcC).ToArray());

    [Fact]
    public void A_grid_is_refused() => AssertRefused(new HeifFile()
        .Item(1, "grid", Grid(1, 1, 8, 6)).Item(2, "hvc1", PaintCodec.Flat(1, 2, 3), HvcC).Reference("dimg", 1, 2).ToArray());

    [CorpusFact]
    public void Photos_of_phones_and_cameras_are_refused() => Assert.All(Corpus.Files("heif/heic", "*"), path => AssertRefused(File.ReadAllBytes(path)));

    /// <summary>Only HEVC is refused, not its container.</summary>
    [Fact]
    public void A_JPEG_inside_is_decoded()
    {
        byte[] jpeg = File.ReadAllBytes(Samples.InRepository("orientation", "portrait_1.jpg")[0]);
        ImageInfo inner = WithoutHevc.Identify(jpeg);
        byte[] file = new HeifFile { Brands = ["mif1", "jpeg"] }.Item(1, "jpeg", jpeg, Ispe(inner.Width, inner.Height)).ToArray();
        Assert.Equal(inner with { Format = ImageFormat.Heic }, WithoutHevc.Identify(file));
        Assert.Equal(new Thumbnailer().Make(file, new ThumbnailOptions()).Data, WithoutHevc.Make(file, new ThumbnailOptions()).Data);
    }

    [Fact]
    public void A_build_without_it_refuses_by_name() =>
        Assert.Equal("The file is an HEIC image, and this build has no HEVC decoder. Convert it to JPEG or PNG first.", RefusalAdvice.AssertAdvises(HeifErrors.NoHevcDecoder()).Message);

    private static void AssertRefused(byte[] file)
    {
        Assert.Equal(Off, RefusalAdvice.AssertAdvises(Assert.Throws<UnsupportedImageException>(() => WithoutHevc.Identify(file))).Message);
        Assert.Equal(Off, Assert.Throws<UnsupportedImageException>(() => WithoutHevc.Make(file, new ThumbnailOptions())).Message);
    }
}
