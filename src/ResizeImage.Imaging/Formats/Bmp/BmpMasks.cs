namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>The bits of each channel in a pixel, read as a little-endian number. Alpha is 0 if there is none.</summary>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue, uint Alpha)
{
    /// <summary>The masks of BI_RGB: 5 bits each of 16, and bytes from blue to red of 24 and 32.</summary>
    public static BmpMasks Default(int bitDepth) => bitDepth == 16 ? new(0x7C00, 0x3E0, 0x1F, 0) : new(0xFF0000, 0xFF00, 0xFF, 0);
}
