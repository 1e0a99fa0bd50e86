using ResizeImage.Imaging.Formats.Tiff;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Raw photos with the structure of TIFF: the tags of the first directory distinguish them from images (TIFF 6.0, DNG 1.7).</summary>
internal static class TiffFile
{
    /// <summary>Names a raw photo; null if the file is another TIFF. Waits for the first directory.</summary>
    /// <param name="file">A file that begins as a TIFF does.</param>
    /// <exception cref="InvalidImageException">The first directory is not in the file.</exception>
    public static UnreadFile? FindRaw(ByteSource file)
    {
        const int SignatureOfCr2 = 8;
        if (FileSignature.HasAt(file.WaitFor(SignatureOfCr2 + 2), SignatureOfCr2, "CR"))
        {
            return UnreadFile.Image("a Canon raw photo (CR2)");
        }

        TiffIfd directory = TiffPages.First(file, TiffHeader.Read(file));
        if (directory.Has(TiffTag.DngVersion))
        {
            return UnreadFile.Image("a raw photo (DNG)");
        }

        // In a raw photo, the first directory is the preview. In an image made from one, it is the image.
        const uint ReducedResolution = 1;
        bool isRaw = (directory.Number(TiffTag.NewSubfileType) == ReducedResolution && directory.Has(TiffTag.SubIfds))
            || directory.Number(TiffTag.Compression) is 32767 or 32769 or 32770 or 34713 or 65535; // Sony, Samsung, Nikon and Pentax
        string? name = isRaw ? NameOf(directory.Bytes(TiffTag.Make)) : null;
        return name is null ? null : UnreadFile.Image(name);
    }

    private static string? NameOf(ReadOnlySpan<byte> make) =>
        make.StartsWith("NIKON"u8) ? "a Nikon raw photo (NEF)"
        : make.StartsWith("SONY"u8) ? "a Sony raw photo (ARW)"
        : make.StartsWith("PENTAX"u8) || make.StartsWith("RICOH"u8) ? "a Pentax raw photo (PEF)"
        : make.StartsWith("SAMSUNG"u8) ? "a Samsung raw photo (SRW)"
        : make.StartsWith("Hasselblad"u8) ? "a Hasselblad raw photo (3FR)"
        : null;
}
