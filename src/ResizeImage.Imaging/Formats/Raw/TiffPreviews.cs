using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Unread;
using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>Raw photos with the structure of TIFF (TIFF 6.0; TIFF/EP, ISO 12234-2; DNG 1.7): previews are in the chain of directories and in SubIFDs.</summary>
internal static class TiffPreviews
{
    private const ushort JpgFromRaw = 0x002E; // Panasonic
    private const ushort Compression = 0x0103;
    private const ushort StripOffsets = 0x0111;
    private const ushort Orientation = 0x0112;
    private const ushort StripByteCounts = 0x0117;
    private const ushort SubIfds = 0x014A;
    private const ushort JpegInterchangeFormat = 0x0201;
    private const ushort JpegInterchangeFormatLength = 0x0202;
    private const int HeaderSize = 8;

    /// <summary>Directories that are read: cameras write fewer than ten. It also ends loops.</summary>
    private const int MostDirectories = 32;

    /// <summary>Lists the previews; null if the file is not a raw photo of this structure.</summary>
    public static RawPreviews? Find(ByteSource source)
    {
        ReadOnlySpan<byte> start = source.WaitFor(HeaderSize);
        bool little = start.StartsWith("II"u8);
        if (start.Length < HeaderSize || !(little || start.StartsWith("MM"u8)))
        {
            return null;
        }

        // 42 is TIFF's own number; Olympus has RO and RS, Panasonic and Leica U.
        int number = little ? BinaryPrimitives.ReadUInt16LittleEndian(start[2..]) : BinaryPrimitives.ReadUInt16BigEndian(start[2..]);
        bool isOwn = number is 0x4F52 or 0x5352 or 0x0055;
        if (!isOwn && (number != 42 || !TiffFile.IsRaw(source)))
        {
            return null;
        }

        ReadOnlySpan<byte> file = source.WaitForAll();
        uint first = little ? BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) : BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        var main = TiffDirectory.At(file, first);
        int? orientation = main.Number(Orientation) is uint value and >= 1 and <= 8 ? (int)value : null;
        return new(Walk(source, file, first), orientation);
    }

    private static List<RawRange> Walk(ByteSource source, ReadOnlySpan<byte> file, uint first)
    {
        List<RawRange> candidates = [];
        List<uint> offsets = [first];
        for (int i = 0; i < offsets.Count && i < MostDirectories; i++)
        {
            source.Work.Check();
            var directory = TiffDirectory.At(file, offsets[i]);
            AddCandidates(directory, candidates);
            foreach (uint offset in (ReadOnlySpan<uint>)[.. directory.Offsets(SubIfds, MostDirectories), directory.Next])
            {
                if (offset != 0 && !offsets.Contains(offset))
                {
                    offsets.Add(offset);
                }
            }
        }

        return candidates;
    }

    private static void AddCandidates(TiffDirectory directory, List<RawRange> candidates)
    {
        if (directory.Number(JpegInterchangeFormat) is { } offset && directory.Number(JpegInterchangeFormatLength) is { } length)
        {
            candidates.Add(new(offset, length));
        }

        // 6 and 7 are JPEG. Nikon and Samsung give other numbers to the strips of raw pixels.
        if (directory.Number(Compression) is 6 or 7 && directory.Offsets(StripOffsets, 2) is [var strip] && directory.Number(StripByteCounts) is { } bytes)
        {
            candidates.Add(new(strip, bytes));
        }

        if (directory.Block(JpgFromRaw) is { } block)
        {
            candidates.Add(new(block.Offset, block.Length));
        }
    }
}
