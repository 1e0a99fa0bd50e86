using ResizeImage.Imaging.Formats.Tiff;
using ResizeImage.Imaging.Formats.Unread;

namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>Raw photos with the structure of TIFF (TIFF 6.0; TIFF/EP, ISO 12234-2; DNG 1.7): previews are in the chain of directories and in SubIFDs.</summary>
internal static class TiffPreviews
{
    private const ushort JpgFromRaw = 0x002E; // Panasonic
    private const int HeaderSize = 8;

    /// <summary>Directories that are read: cameras write fewer than ten. It also ends loops.</summary>
    private const int MostDirectories = 32;

    /// <summary>Lists the previews; null if the file is not a raw photo of this structure.</summary>
    public static RawPreviews? Find(ByteSource file)
    {
        ReadOnlySpan<byte> start = file.WaitFor(HeaderSize);
        bool little = start.StartsWith("II"u8);
        if (start.Length < HeaderSize || !(little || start.StartsWith("MM"u8)))
        {
            return null;
        }

        // 42 is TIFF's own number; Olympus has RO and RS, Panasonic and Leica U.
        TiffHeader header = new(little, IsBig: false, FirstDirectory: -1);
        int number = header.UInt16(start[2..]);
        bool isOwn = number is 0x4F52 or 0x5352 or 0x0055;
        if (!isOwn && (number != 42 || !TiffFile.IsRaw(file)))
        {
            return null;
        }

        long first = header.UInt32(start[4..]);
        long? orientation = TiffIfd.Read(file, header, first)?.Number(TiffTag.Orientation);
        return new(Walk(file, header, first), orientation is >= 1 and <= 8 ? (int)orientation : null);
    }

    private static List<RawRange> Walk(ByteSource file, TiffHeader header, long first)
    {
        List<RawRange> candidates = [];
        List<long> offsets = [first];
        for (int i = 0; i < offsets.Count && i < MostDirectories; i++)
        {
            file.Work.Check();
            if (TiffIfd.Read(file, header, offsets[i]) is not { } directory)
            {
                continue;
            }

            AddCandidates(directory, candidates);
            foreach (long offset in (ReadOnlySpan<long>)[.. SubIfds(directory), directory.NextOffset])
            {
                if (!offsets.Contains(offset))
                {
                    offsets.Add(offset);
                }
            }
        }

        return candidates;
    }

    private static IEnumerable<long> SubIfds(TiffIfd directory)
    {
        TiffField? field = directory.Find(TiffTag.SubIfds);
        for (int i = 0; i < Math.Min(field?.Count ?? 0, MostDirectories); i++)
        {
            yield return field!.Value.Number(i) ?? 0;
        }
    }

    private static void AddCandidates(TiffIfd directory, List<RawRange> candidates)
    {
        if (directory.Number(TiffTag.JpegInterchangeFormat) is { } offset
            && directory.Number(TiffTag.JpegInterchangeFormatLength) is { } length)
        {
            candidates.Add(new(offset, length));
        }

        // 6 and 7 are JPEG. Nikon and Samsung give other numbers to the strips of raw pixels.
        if (directory.Number(TiffTag.Compression) is 6 or 7 && directory.Find(TiffTag.StripOffsets) is { Count: 1 } strip
            && directory.Number(TiffTag.StripByteCounts) is { } bytes)
        {
            candidates.Add(new(strip.Number() ?? 0, bytes));
        }

        if (directory.Find(JpgFromRaw) is { } block)
        {
            candidates.Add(new(block.Offset, block.Count));
        }
    }
}
