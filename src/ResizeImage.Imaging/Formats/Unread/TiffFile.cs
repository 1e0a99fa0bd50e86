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
        if (IsCr2(file))
        {
            return UnreadFile.Image("a Canon raw photo (CR2)");
        }

        TiffIfd directory = TiffPages.First(file, TiffHeader.Read(file));
        string? name = directory.Has(TiffTag.DngVersion) ? "a raw photo (DNG)"
            : IsRaw(directory) ? NameOf(directory.Bytes(TiffTag.Make))
            : null;
        return name is null ? null : UnreadFile.Image(name);
    }

    /// <summary>True for a raw photo. Waits for the first directory.</summary>
    /// <inheritdoc cref="FindRaw"/>
    public static bool IsRaw(ByteSource file) => IsCr2(file) || IsRaw(TiffPages.First(file, TiffHeader.Read(file)));

    private static bool IsCr2(ByteSource file)
    {
        const int Signature = 8;
        return FileSignature.HasAt(file.WaitFor(Signature + 2), Signature, "CR");
    }

    /// <summary>In a raw photo, the first directory is the preview. In an image made from one, it is the image.</summary>
    private static bool IsRaw(TiffIfd directory)
    {
        const uint ReducedResolution = 1;
        return directory.Has(TiffTag.DngVersion)
            || (directory.Number(TiffTag.NewSubfileType) == ReducedResolution && directory.Has(TiffTag.SubIfds))
            || directory.Number(TiffTag.Compression) is 32767 or 32769 or 32770 or 34713 or 65535; // Sony, Samsung, Nikon and Pentax
    }

    private static string? NameOf(ReadOnlySpan<byte> make) =>
        make.StartsWith("NIKON"u8) ? "a Nikon raw photo (NEF)"
        : make.StartsWith("SONY"u8) ? "a Sony raw photo (ARW)"
        : make.StartsWith("PENTAX"u8) || make.StartsWith("RICOH"u8) ? "a Pentax raw photo (PEF)"
        : make.StartsWith("SAMSUNG"u8) ? "a Samsung raw photo (SRW)"
        : make.StartsWith("Hasselblad"u8) ? "a Hasselblad raw photo (3FR)"
        : null;
}
