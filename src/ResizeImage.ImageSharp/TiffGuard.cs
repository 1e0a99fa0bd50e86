using ResizeImage.Imaging;
using ResizeImage.Imaging.Formats;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace ResizeImage.ImageSharp;

/// <summary>
/// Keeps files from the decoders of ImageSharp 3.1.12 that are unsafe and have no fix in 3.1.x: the header of a BigTIFF can cause an endless
/// loop (CVE-2026-106116), and decoding CCITT-compressed strips and tiles writes out of bounds (CVE-2026-106117, GHSA-v76p-62qx-wwq2).
/// </summary>
internal static class TiffGuard
{
    /// <summary>Callers call this before ImageSharp reads the file.</summary>
    /// <exception cref="UnsupportedImageException">The file begins like a BigTIFF.</exception>
    public static void RefuseBigTiff(ReadOnlySpan<byte> file)
    {
        if (file is [(byte)'I', (byte)'I', 43, _, ..] or [(byte)'M', (byte)'M', _, 43, ..])
        {
            throw new UnsupportedImageException($"The file is a BigTIFF image, which ImageSharp does not read safely. {Advice.Unsupported}");
        }
    }

    /// <summary>
    /// Callers call this before decoding. It uses ImageSharp's own parse of each directory, so that both interpret the file in the same way.
    /// </summary>
    /// <exception cref="UnsupportedImageException">An image in the file has a fax compression that ImageSharp does not decode safely.</exception>
    public static void RefuseFax(SixLabors.ImageSharp.ImageInfo header)
    {
        foreach (ImageFrameMetadata frame in header.FrameMetadataCollection)
        {
            string? kind = frame.GetTiffMetadata().Compression switch
            {
                TiffCompression.Ccitt1D => "CCITT modified Huffman",
                TiffCompression.CcittGroup3Fax => "CCITT group 3",

                // In strips, ImageSharp checks each row against the width of its buffer; in tiles, the widths differ.
                TiffCompression.CcittGroup4Fax when MayBeTiled(frame.ExifProfile) => "CCITT group 4 in tiles",
                _ => null,
            };
            if (kind is not null)
            {
                throw new UnsupportedImageException($"The file is a TIFF image compressed as a fax ({kind}), which ImageSharp does not read safely. {Advice.Unsupported}");
            }
        }
    }

    /// <summary>Either tag decides, as in ImageSharp.</summary>
    private static bool MayBeTiled(ExifProfile? tags)
    {
        if (tags is null)
        {
            return true;
        }

        foreach (IExifValue value in tags.Values)
        {
            if (value.Tag == ExifTag.TileWidth || value.Tag == ExifTag.TileLength)
            {
                return true;
            }
        }

        return false;
    }
}
