using System.Text;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Makes EXIF data by hand (TIFF 6.0, section 2).</summary>
internal static class ExifFile
{
    /// <summary>A color space and an interoperability index of three letters, each in the IFD where it belongs.</summary>
    public static byte[] AdobeRgb(int colorSpace, string index) =>
    [
        .. "MM\0*\0\0\0\x08"u8,
        0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, // at 8: the EXIF IFD is at 26
        0, 2, 0xA0, 0x01, 0, 3, 0, 0, 0, 1, (byte)(colorSpace >> 8), (byte)colorSpace, 0, 0, 0xA0, 0x05, 0, 4, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 0,
        0, 1, 0, 1, 0, 2, 0, 0, 0, 4, .. Encoding.ASCII.GetBytes(index), 0, 0, 0, 0, 0, // at 56
    ];
}
