using System.Buffers.Binary;
using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>
/// Raw photos of Canon (CR3), an ISO base media file (ISO/IEC 14496-12): the first track is a JPEG of full size, whose position is in its sample
/// table; Canon's box CMT1 has the first directory of EXIF.
/// <code>
/// | ftyp | moov: uuid (CMT1, …), trak (mdia: minf: stbl: stsz, co64), … | uuid (PRVW) | mdat |
/// </code>
/// </summary>
internal static class Cr3Previews
{
    private const int BrandEnd = 12;
    private const int BoxHeader = 8;
    private const int LongHeader = 16;
    private const int UuidBytes = 16;

    /// <summary>Lists the previews; null if the file is of another format.</summary>
    public static RawPreviews? Find(ByteSource source)
    {
        ReadOnlySpan<byte> start = source.WaitFor(BrandEnd);
        if (start.Length < BrandEnd || !start[4..].StartsWith("ftypcrx "u8))
        {
            return null;
        }

        ReadOnlySpan<byte> file = source.WaitForAll();
        List<RawRange> candidates = [];
        int? orientation = null;
        ReadOnlySpan<byte> movie = Child(file, "moov"u8);
        while (Next(ref movie, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content))
        {
            source.Work.Check();
            if (type.SequenceEqual("trak"u8))
            {
                AddTrack(Child(Child(Child(content, "mdia"u8), "minf"u8), "stbl"u8), candidates);
            }
            else if (type.SequenceEqual("uuid"u8) && content.Length > UuidBytes && Child(content[UuidBytes..], "CMT1"u8) is { IsEmpty: false } exif)
            {
                orientation ??= ExifOrientation.Read(exif);
            }
        }

        return new(candidates, orientation);
    }

    /// <summary>Adds the first sample of a track (stsz, 8.7.3.2; co64, 8.7.5).</summary>
    private static void AddTrack(ReadOnlySpan<byte> table, List<RawRange> candidates)
    {
        const int MostTracks = 16;
        ReadOnlySpan<byte> sizes = Child(table, "stsz"u8);
        ReadOnlySpan<byte> offsets = Child(table, "co64"u8);
        if (sizes.Length < 12 || offsets.Length < 16 || candidates.Count >= MostTracks)
        {
            return;
        }

        uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[4..]);
        size = size != 0 || sizes.Length < 16 ? size : BinaryPrimitives.ReadUInt32BigEndian(sizes[12..]);
        ulong offset = BinaryPrimitives.ReadUInt64BigEndian(offsets[8..]);
        if (offset <= int.MaxValue)
        {
            candidates.Add(new((long)offset, size));
        }
    }

    /// <summary>The content of the first box of a type; empty if there is none.</summary>
    private static ReadOnlySpan<byte> Child(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> wanted)
    {
        while (Next(ref boxes, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content))
        {
            if (type.SequenceEqual(wanted))
            {
                return content;
            }
        }

        return default;
    }

    /// <summary>Takes the next box (4.2): a size, a type, and if the size is 1, one of 64 bits; if it is 0, the rest.</summary>
    private static bool Next(scoped ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content)
    {
        type = default;
        content = default;
        if (boxes.Length < BoxHeader)
        {
            return false;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        int header = BoxHeader;
        if (size == 1 && boxes.Length >= LongHeader)
        {
            (size, header) = (BinaryPrimitives.ReadInt64BigEndian(boxes[BoxHeader..]), LongHeader);
        }

        size = size == 0 ? boxes.Length : size;
        if (size < header)
        {
            return false;
        }

        int end = (int)Math.Min(size, boxes.Length);
        type = boxes.Slice(4, 4);
        content = boxes[header..end];
        boxes = boxes[end..];
        return true;
    }
}
