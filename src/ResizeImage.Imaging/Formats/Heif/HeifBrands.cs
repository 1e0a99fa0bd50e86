using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The brands of the box "ftyp" (ISO/IEC 23008-12, 10.2), which distinguish HEIF images from videos, AVIF and raw photos.</summary>
internal static class HeifBrands
{
    private const int MajorBrand = 8;
    private const int CompatibleBrands = 16;

    /// <summary>Brands are sought up to here.</summary>
    private const int ExaminedBytes = 256;

    /// <summary>
    /// True if a brand of images coded by HEVC comes before one of AVIF or another format; or if there are only brands for images of any codec.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> file)
    {
        if (file.Length < MajorBrand + 4 || file[0] >= ' ' || !file[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        bool isAnyCodec = false;
        long end = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), Math.Min(file.Length, ExaminedBytes));
        for (int offset = MajorBrand; offset + 4 <= Math.Max(end, CompatibleBrands - 4); offset += offset == MajorBrand ? CompatibleBrands - MajorBrand : 4)
        {
            switch (BoxType.NameOf(BinaryPrimitives.ReadUInt32BigEndian(file[offset..])))
            {
                case "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "hevm" or "hevs":
                    return true;
                case "avif" or "avis" or "avio" or "crx " or "jxl " or "jp2 " or "jpx " or "jpm " or "jph " or "qt  " or "mp41" or "mp42" or "isom":
                    return false;
                case "mif1" or "mif2" or "miaf" or "msf1":
                    isAnyCodec = true;
                    break;
            }
        }

        return isAnyCodec;
    }
}
