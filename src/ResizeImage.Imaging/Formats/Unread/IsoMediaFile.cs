using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>
/// Files of the ISO base media format (ISO/IEC 14496-12) and of its origin QuickTime. Videos, audio, HEIC, AVIF and raw photos begin alike; the
/// brands of the box "ftyp" distinguish them. The built-in engine reads HEIC, the one on ImageSharp does not.
/// </summary>
internal static class IsoMediaFile
{
    private const int MajorBrand = 8;
    private const int CompatibleBrands = 16;

    /// <summary>Names a file; null if it is not of this format.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file)
    {
        // The first four bytes are the size of the first box. Text can have a box's name in the fifth to eighth byte, too.
        if (file.Length < 8 || file[0] >= ' ')
        {
            return null;
        }

        ReadOnlySpan<byte> box = file[4..8];
        if (box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8) || box.SequenceEqual("pnot"u8))
        {
            return UnreadFile.Video("a QuickTime video (MOV)");
        }

        return box.SequenceEqual("ftyp"u8) && file.Length >= MajorBrand + 4 ? OfBrands(file) : null;
    }

    private static UnreadFile OfBrands(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> major = file.Slice(MajorBrand, 4);
        if (OfBrand(major) is { } known)
        {
            return known;
        }

        // A brand that many kinds share, such as mif1, or an unknown one: the compatible brands say more.
        long end = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), Math.Min(file.Length, 256));
        for (int offset = CompatibleBrands; offset + 4 <= end; offset += 4)
        {
            if (OfBrand(file.Slice(offset, 4)) is { } other)
            {
                return other;
            }
        }

        return major.SequenceEqual("mif1"u8) || major.SequenceEqual("msf1"u8) || major.SequenceEqual("miaf"u8)
            ? UnreadFile.Image("a HEIF image")
            : UnreadFile.Other($"a media file of the brand \"{TextSample.Of(Encoding.Latin1.GetString(major))}\"");
    }

    /// <summary>The registered brands (mp4ra.org) of usual uploads; null for those that say too little.</summary>
    private static UnreadFile? OfBrand(ReadOnlySpan<byte> brand) => Encoding.Latin1.GetString(brand) switch
    {
        "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "hevm" or "hevs" => UnreadFile.Image("a HEIC image"),
        "avif" or "avis" or "avio" => UnreadFile.Image("an AVIF image"),
        "crx " => UnreadFile.Image("a Canon raw photo (CR3)"),
        "jp2 " or "jpx " or "jpm " or "jph " => UnreadFile.Image("a JPEG 2000 image"),
        "jxl " => UnreadFile.Image("a JPEG XL image"),
        "qt  " => UnreadFile.Video("a QuickTime video (MOV)"),
        "M4V " or "M4VH" or "M4VP" => UnreadFile.Video("an MP4 video (M4V)"),
        "M4A " or "M4B " or "M4P " or "F4A " or "F4B " => UnreadFile.Other("an MP4 audio file (M4A)"),
        "isom" or "avc1" or "mmp4" or "MSNV" or "dash" or "f4v " or "F4V " or "XAVC" or "NDSC" or "NDSH" or "NDSM" or "NDSP" => UnreadFile.Video("an MP4 video"),
        ['i', 's', 'o', >= '2' and <= '9' or >= 'a' and <= 'c'] => UnreadFile.Video("an MP4 video"),
        ['m', 'p', '4', '1' or '2'] => UnreadFile.Video("an MP4 video"),
        ['c', 'm', 'f', _] => UnreadFile.Video("an MP4 video"),
        ['3', 'g', 'p' or 'g' or 'e' or 'r' or 's' or '2', _] => UnreadFile.Video("a 3GP video"),
        _ => null,
    };
}
