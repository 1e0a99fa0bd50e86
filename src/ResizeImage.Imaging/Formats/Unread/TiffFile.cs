using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>TIFF, and raw photos with the structure of TIFF: the tags of the first directory distinguish them (TIFF 6.0, DNG 1.7).</summary>
internal static class TiffFile
{
    private const ushort NewSubfileType = 0x00FE;
    private const ushort Compression = 0x0103;
    private const ushort Make = 0x010F;
    private const ushort SubIfds = 0x014A;
    private const ushort DngVersion = 0xC612;

    /// <summary>Names a file; null if it does not begin as TIFF does.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file)
    {
        if (!FileSignature.HasAt(file, 0, "II*\0") && !FileSignature.HasAt(file, 0, "MM\0*"))
        {
            return null;
        }

        var directory = TiffDirectory.First(file);
        if (directory.Has(DngVersion))
        {
            return UnreadFile.Image("a raw photo (DNG)");
        }

        bool isRaw = IsRaw(directory);
        ReadOnlySpan<byte> make = directory.Text(Make);
        return UnreadFile.Image(
            !isRaw ? "a TIFF image"
            : make.StartsWith("NIKON"u8) ? "a Nikon raw photo (NEF)"
            : make.StartsWith("SONY"u8) ? "a Sony raw photo (ARW)"
            : make.StartsWith("PENTAX"u8) || make.StartsWith("RICOH"u8) ? "a Pentax raw photo (PEF)"
            : make.StartsWith("SAMSUNG"u8) ? "a Samsung raw photo (SRW)"
            : make.StartsWith("Hasselblad"u8) ? "a Hasselblad raw photo (3FR)"
            : "a TIFF image");
    }

    /// <summary>In a raw photo, the first directory is the preview. In an image made from one, it is the image.</summary>
    /// <param name="directory">The first directory.</param>
    public static bool IsRaw(TiffDirectory directory)
    {
        const uint ReducedResolution = 1;
        return directory.Has(DngVersion)
            || (directory.Number(NewSubfileType) == ReducedResolution && directory.Has(SubIfds))
            || directory.Number(Compression) is 32767 or 32769 or 32770 or 34713 or 65535; // Sony, Samsung, Nikon and Pentax
    }
}
