using ResizeImage.Imaging.Tests.Color;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>The color spaces of JPEG files: ICC profiles and EXIF.</summary>
public class JpegProfileTests
{
    private static readonly byte[] Profile = IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.19921875));

    [PythonFact("PIL")]
    public void Pieces_come_in_any_order()
    {
        byte[] file = ProfiledPicture.Jpeg("RGB");
        byte[] expected = ProfiledPicture.Actual(JpegFile.With(file, JpegFile.Profile(Profile)));
        Assert.NotEqual(expected, ProfiledPicture.Actual(file));
        byte[][] pieces = JpegFile.Profile(Profile, 3);
        Assert.Equal(expected, ProfiledPicture.Actual(JpegFile.With(file, pieces)));
        Assert.Equal(expected, ProfiledPicture.Actual(JpegFile.With(file, pieces[2], pieces[0], pieces[1])));
    }

    [PythonFact("PIL")]
    public void Missing_and_contradictory_pieces_are_reported()
    {
        byte[] file = ProfiledPicture.Jpeg("RGB");
        byte[][] pieces = JpegFile.Profile(Profile, 3);
        const string Missing = "The image's ICC profile was ignored: only 2 of its 3 pieces are there. Its colors may be off.";
        const string Contradiction = "The image's ICC profile was ignored: its pieces contradict each other. Its colors may be off.";
        byte[] plain = ProfiledPicture.Actual(file);
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, pieces[2], pieces[0]), note: Missing));
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, pieces[0], pieces[0], pieces[1], pieces[2]), note: Contradiction));
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, pieces[0], JpegFile.ProfilePiece(2, 4, [1])), note: Contradiction));
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, JpegFile.ProfilePiece(0, 1, Profile)), note: Contradiction));
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, JpegFile.ProfilePiece(2, 1, Profile)), note: Contradiction));
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, JpegFile.Segment(JpegFile.App2, [.. "ICC_PROFILE\0"u8]))));
    }

    [PythonFact("PIL")]
    public void EXIF_can_declare_Adobe_RGB()
    {
        byte[] file = ProfiledPicture.Jpeg("RGB");
        byte[] byProfile = ProfiledPicture.Actual(JpegFile.With(file, JpegFile.Profile(Profile)));
        (double mean, double worst) = DeltaE.Of(byProfile, ProfiledPicture.Actual(JpegFile.With(file, Exif(0xFFFF, "R03"))));
        Assert.True(mean < 0.05 && worst < 1, $"{mean}, {worst}");
        byte[] plain = ProfiledPicture.Actual(file);
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, Exif(1, "R03"))));
        Assert.Equal(plain, ProfiledPicture.Actual(JpegFile.With(file, Exif(0xFFFF, "R98"))));

        // A profile counts for more.
        byte[] p3 = IccFile.Rgb(4, IccFile.DisplayP3, IccFile.Parametric(3, IccFile.SrgbParameters));
        Assert.Equal(
            ProfiledPicture.Actual(JpegFile.With(file, JpegFile.Profile(p3))),
            ProfiledPicture.Actual(JpegFile.With(file, Exif(0xFFFF, "R03"), JpegFile.Profile(p3)[0])));
    }

    [PythonFact("PIL")]
    public void Gain_maps_and_other_images_in_the_file_are_ignored()
    {
        // As cameras write it: an index (MPF) and XMP data of the gain map first, and the gain map as a second image after the first.
        byte[] file = ProfiledPicture.Jpeg("RGB");
        byte[] index = JpegFile.Segment(JpegFile.App2, [.. "MPF\0II*\0\x08\0\0\0"u8, .. new byte[60]]);
        byte[] xmp = JpegFile.Segment(
            JpegFile.App1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\" hdrgm:Version=\"1.0\"/>"u8]);
        byte[] gainMap = ProfiledPicture.Jpeg("L");
        byte[] withMap = [.. JpegFile.With(file, index, xmp), .. JpegFile.With(gainMap, xmp, JpegFile.Profile(Profile)[0])];
        var options = new ThumbnailOptions();
        Thumbnail made = new Thumbnailer().Make(withMap, options);
        Assert.Null(made.Note);
        Assert.Equal(new Thumbnailer().Make(file, options).Data, made.Data);
    }

    private static byte[] Exif(int colorSpace, string index) =>
        JpegFile.Segment(JpegFile.App1, [.. "Exif\0\0"u8, .. ExifFile.AdobeRgb(colorSpace, index)]);
}
