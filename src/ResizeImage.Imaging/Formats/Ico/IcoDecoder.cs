using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Png;

namespace ResizeImage.Imaging.Formats.Ico;

/// <summary>
/// Icons and cursors of Windows (ICO, CUR): the largest image inside, of several the one with the most bits a pixel.
/// <code>
/// | ICONDIR: 0, type (1 icon, 2 cursor), count | ICONDIRENTRY × count | PNG files and bitmaps |
/// </code>
/// </summary>
internal static class IcoDecoder
{
    /// <summary>Corrupt images that are passed over. Reading a header can take time in proportion to the file.</summary>
    private const int MostAttempts = 8;

    /// <summary>ICONDIR and its first ICONDIRENTRY: the image is after the directory.</summary>
    public static bool Matches(ReadOnlySpan<byte> file)
    {
        if (file is not [0, 0, 1 or 2, 0, ..] || file.Length < IcoEntry.DirectorySize + IcoEntry.EntrySize)
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[4..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(file[18..]);
        return count > 0 && file[9] is 0 or 255 && size > 0 && offset >= IcoEntry.DirectorySize + (IcoEntry.EntrySize * count);
    }

    /// <summary>Reads the directory and the header of the image that is chosen.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">No image inside can be read.</exception>
    /// <exception cref="UnsupportedImageException">The image is of a kind that is not read.</exception>
    public static ImageDecoder Read(ByteSource file)
    {
        List<IcoEntry> entries = ReadEntries(file, out int missing);
        entries.Sort(IcoEntry.Compare);
        string? note = missing > 0 ? "The icon is truncated or corrupt: some of its images cannot be read; the largest of the others is shown." : null;
        ImageException? refusal = null;
        for (int i = 0; i < Math.Min(entries.Count, MostAttempts); i++)
        {
            try
            {
                return Open(file, entries[i], note);
            }
            catch (Exception e) when (e is InvalidImageException or UnsupportedImageException)
            {
                refusal ??= (ImageException)e;
                note = "The icon's largest image cannot be read; another one is shown.";
            }
        }

        throw refusal ?? (missing > 0 ? IcoErrors.TruncatedBeforeFirstImage() : IcoErrors.Corrupt("none of its images has a valid header"));
    }

    private static List<IcoEntry> ReadEntries(ByteSource file, out int missing)
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.Read(4, 2).Span);
        List<IcoEntry> entries = [];
        missing = 0;
        for (int i = 0; i < count; i++)
        {
            file.Work.Check();
            int offset = IcoEntry.DirectorySize + (i * IcoEntry.EntrySize);
            if (offset > file.Length - IcoEntry.EntrySize)
            {
                missing += count - i;
                break;
            }

            if (IcoEntry.Read(file, file.Read(offset, IcoEntry.EntrySize).Span) is { Width: > 0, Height: > 0 } entry)
            {
                entries.Add(entry);
            }
            else
            {
                missing++;
            }
        }

        return entries;
    }

    private static ImageDecoder Open(ByteSource file, IcoEntry entry, string? note)
    {
        if (!entry.IsPng)
        {
            return IcoBitmapDecoder.Read(file, entry, note);
        }

        PngDecoder png = PngDecoder.Read(file.Slice(entry.Offset, entry.Length));
        return new EmbeddedDecoder(png, png.Info with { Format = ImageFormat.Ico }, note);
    }
}
