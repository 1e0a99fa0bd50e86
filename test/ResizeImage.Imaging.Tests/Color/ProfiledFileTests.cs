using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Thumbnails of files with profiles, compared with those of Pillow and littleCMS.</summary>
public class ProfiledFileTests
{
    private static readonly byte[] AdobeRgb = IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.19921875));
    private static readonly byte[] DisplayP3 = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(3, IccFile.SrgbParameters));
    private static readonly byte[] Srgb = IccFile.Rgb(2, IccFile.Srgb, IccFile.Curve(1024, Imaging.Color.SrgbTransfer.Decode));
    private static readonly byte[] Gray = IccFile.Of(2, "GRAY", "XYZ ", ("kTRC", IccFile.Gamma(1.8)));

    [PythonFact(Lcms.Module)]
    public void Jpeg_by_curves_and_matrix()
    {
        AssertLike(ProfiledPicture.Jpeg(DisplayP3, "RGB"), 0.4);
        AssertLike(ProfiledPicture.Jpeg(AdobeRgb, "RGB"), 0.4);
        AssertLike(ProfiledPicture.Jpeg(Gray, "L"), 0.4);
    }

    [PythonFact(Lcms.Module)]
    public void Jpeg_by_tables()
    {
        AssertLike(ProfiledPicture.Jpeg(IccProfiles.RgbLut(2, 2), "RGB"), 0.5);
        AssertLike(ProfiledPicture.Jpeg(IccProfiles.Cmyk(2, 2), "CMYK"), 0.5);
    }

    [PythonFact(Lcms.Module)]
    public void Jpeg_of_YCCK()
    {
        byte[] file = ProfiledPicture.Jpeg(IccProfiles.Cmyk(4, 2), "CMYK");
        file[file.AsSpan().IndexOf("Adobe"u8) + 11] = 2;
        AssertLike(file, 0.5);
    }

    [PythonFact(Lcms.Module)]
    public void Png_of_every_kind()
    {
        byte[] rgb = ProfiledPicture.Iccp(AdobeRgb);
        byte[] tables = ProfiledPicture.Iccp(IccProfiles.RgbLut(2, 1));
        byte[] gray = ProfiledPicture.Iccp(Gray);
        AssertLike(ProfiledPicture.Png(8, PngColorType.Truecolor, rgb), 0.1);
        AssertLike(ProfiledPicture.Png(8, PngColorType.TruecolorAlpha, rgb), 0.1);
        AssertLike(ProfiledPicture.Png(16, PngColorType.Truecolor, rgb), 0.1);
        AssertLike(ProfiledPicture.Png(16, PngColorType.TruecolorAlpha, rgb), 0.1);
        AssertLike(ProfiledPicture.Png(8, PngColorType.Truecolor, tables), 0.3);
        AssertLike(ProfiledPicture.Png(8, PngColorType.TruecolorAlpha, tables), 0.3);
        AssertLike(ProfiledPicture.Png(16, PngColorType.TruecolorAlpha, tables), 0.3);
        AssertLike(ProfiledPicture.Png(8, PngColorType.Grayscale, gray), 0.1);
        AssertLike(ProfiledPicture.Png(8, PngColorType.GrayscaleAlpha, gray), 0.1);
    }

    [PythonFact(Lcms.Module)]
    public void Reduced_thumbnails_use_the_profile()
    {
        foreach (byte[] file in (byte[][])[ProfiledPicture.Jpeg(AdobeRgb, "RGB"), ProfiledPicture.Jpeg(DisplayP3, "RGB"), ProfiledPicture.Jpeg(IccProfiles.Cmyk(2, 2), "CMYK")])
        {
            (double mean, _) = DeltaE.Of(ProfiledPicture.Expected(file, 24), ProfiledPicture.Actual(file, 24));
            Assert.True(mean < 1, $"{mean}");
        }
    }

    [PythonFact("PIL")]
    public void A_profile_of_sRGB_changes_nothing()
    {
        byte[] file = ProfiledPicture.Jpeg("RGB");
        var options = new ThumbnailOptions();
        Assert.Equal(new Thumbnailer().Make(file, options).Data, new Thumbnailer().Make(JpegFile.With(file, JpegFile.Profile(Srgb)), options).Data);
    }

    [CorpusFact]
    public void A_profile_of_sRGB_does_not_change_the_thumbnail_of_a_photo()
    {
        byte[] file = File.ReadAllBytes(Corpus.Files("photos", "kodak-pixpro-s1-16mp.jpg")[0]);
        byte[] without = [.. file];
        without[file.AsSpan().IndexOf("ICC_PROFILE"u8)] = (byte)'X';
        var options = new ThumbnailOptions();
        Assert.Equal(new Thumbnailer().Make(without, options).Data, new Thumbnailer().Make(file, options).Data);
    }

    [PythonFact("PIL")]
    public void A_profile_for_other_samples_is_ignored_with_a_note()
    {
        byte[] rgb = ProfiledPicture.Jpeg("RGB");
        string note = "The image's ICC profile was ignored: it is for gray images, and this one is RGB. Its colors may be off.";
        Assert.Equal(ProfiledPicture.Actual(rgb), ProfiledPicture.Actual(JpegFile.With(rgb, JpegFile.Profile(Gray)), note: note));
        byte[] cmyk = ProfiledPicture.Jpeg("CMYK");
        note = "The image's ICC profile was ignored: it is for RGB images, and this one is CMYK. Its colors may be off.";
        Assert.Equal(ProfiledPicture.Actual(cmyk), ProfiledPicture.Actual(JpegFile.With(cmyk, JpegFile.Profile(AdobeRgb)), note: note));
    }

    [PythonFact("PIL")]
    public void Inks_without_a_profile_let_light_through()
    {
        // As Pillow converts: R is what cyan and black together let through.
        byte[] file = ProfiledPicture.Jpeg("CMYK");
        byte[] expected = ExternalProgram.Run(
            ExternalProgram.Python("PIL")!,
            ["-c", "import io,sys;from PIL import Image;sys.stdout.buffer.write(Image.open(io.BytesIO(sys.stdin.buffer.read())).convert('RGB').tobytes())"],
            file);
        byte[] actual = ProfiledPicture.Actual(file);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - 2, expected[i] + 2);
        }
    }

    private static void AssertLike(byte[] file, double mean)
    {
        (double Mean, double Worst) difference = DeltaE.Of(ProfiledPicture.Expected(file), ProfiledPicture.Actual(file));
        Assert.True(difference.Mean < mean, $"{difference}");
    }
}
