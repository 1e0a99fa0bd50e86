using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>
/// Rows of a run-length encoded picture ("Bitmap Compression" of Microsoft; RLE24 is the same with whole pixels). Nearly all such
/// pictures are stored from the bottom up, and runs can only be read forwards: one pass notes where each row begins, so that no pixels need
/// be held. Pixels that are skipped have index 0, or are black, as in Pillow and ImageMagick.
/// </summary>
internal sealed class BmpRunRows : BmpRows
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly BmpHeader _header;
    private readonly int _size;
    private readonly byte[] _pixels;
    private readonly List<BmpRun> _runs = [];

    /// <param name="file">The whole file.</param>
    /// <param name="contents">Of the file.</param>
    public BmpRunRows(ReadOnlyMemory<byte> file, BmpContents contents)
    {
        _file = file;
        _header = contents.Header;
        _size = BytesPerPixel(_header);
        Count = FindRows((int)Math.Min(contents.PixelOffset, file.Length));
        _pixels = Count > 0 ? new byte[RowBytes(_header)] : [];
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <summary>Estimated bytes that are held.</summary>
    public static long EstimateMemory(BmpHeader header, int fileBytes)
    {
        // A row takes at least two bytes of the file, unless it is skipped. Where a list grows, the old and the new one are held.
        long rows = Math.Min(header.Height, fileBytes / 2);
        return RowBytes(header) + (3 * rows * Marshal.SizeOf<BmpRun>());
    }

    /// <summary>Bytes of a row once its runs are written out; can exceed what an array holds.</summary>
    public static long RowBytes(BmpHeader header) => (long)header.Width * BytesPerPixel(header);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(int row)
    {
        Array.Clear(_pixels);
        int index = _runs.BinarySearch(new(row, 0, 0), ByRow);
        if (index >= 0)
        {
            Decode(_runs[index], _pixels, out _);
        }

        return _pixels;
    }

    private static readonly Comparer<BmpRun> ByRow = Comparer<BmpRun>.Create((a, b) => a.Row.CompareTo(b.Row));

    private static int BytesPerPixel(BmpHeader header) => header.Compression == BmpCompression.Rle24 ? 3 : 1;

    /// <returns>The rows that are there: all, unless the file ends before its end-of-bitmap code.</returns>
    private int FindRows(int offset)
    {
        for (BmpRun? run = new BmpRun(0, 0, offset); run is { } start && start.Row < _header.Height;)
        {
            _runs.Add(start);
            run = Decode(start, default, out bool cutOff);
            if (cutOff)
            {
                return start.Row;
            }
        }

        return _header.Height;
    }

    /// <summary>Follows the codes of a row.</summary>
    /// <param name="run">Where they begin.</param>
    /// <param name="pixels">Receives the row; empty if only its end is looked for.</param>
    /// <param name="cutOff">The file ended within the row.</param>
    /// <returns>Where the next row with codes begins; null if there is none.</returns>
    private BmpRun? Decode(BmpRun run, Span<byte> pixels, out bool cutOff)
    {
        ReadOnlySpan<byte> file = _file.Span;
        (int row, int column, int offset) = run;
        cutOff = false;
        while (offset + 2 <= file.Length)
        {
            (int count, int code) = (file[offset], file[offset + 1]);
            if (count > 0)
            {
                offset++;
                int length = Math.Min(_header.Compression == BmpCompression.Rle24 ? 3 : 1, file.Length - offset);
                Fill(file.Slice(offset, length), Part(pixels, column, count));
                offset += length;
                column = Advance(column, count);
                continue;
            }

            offset += 2;
            switch (code)
            {
                case 0: // end of line
                    return new(row + 1, 0, offset);
                case 1: // end of bitmap
                    return null;
                case 2 when offset + 2 <= file.Length: // delta
                    column = Advance(column, file[offset]);
                    int down = file[offset + 1];
                    offset += 2;
                    if (down > 0)
                    {
                        return new(Math.Min(row + down, _header.Height), column, offset);
                    }

                    break;
                case 2:
                    offset = file.Length;
                    break;
                default: // absolute: as many pixels as they are, padded to 16 bits
                    int bytes = _header.Compression switch
                    {
                        BmpCompression.Rle4 => (code + 1) / 2,
                        BmpCompression.Rle24 => code * 3,
                        _ => code,
                    };
                    int there = Math.Min(bytes, file.Length - offset);
                    Copy(file.Slice(offset, there), Part(pixels, column, code));
                    offset = (int)Math.Min(offset + (long)bytes + (bytes & 1), file.Length);
                    column = Advance(column, code);
                    break;
            }
        }

        // The last row may well end with its last pixel.
        cutOff = column < _header.Width;
        return cutOff ? null : new BmpRun(row + 1, 0, file.Length);
    }

    /// <summary>Runs that go beyond the row's end are clipped, as in Pillow.</summary>
    private int Advance(int column, int count) => Math.Min(column + count, _header.Width);

    private Span<byte> Part(Span<byte> pixels, int column, int count) =>
        pixels.IsEmpty ? pixels : pixels[(column * _size)..(Advance(column, count) * _size)];

    private void Fill(ReadOnlySpan<byte> value, Span<byte> pixels)
    {
        if (_header.Compression == BmpCompression.Rle4)
        {
            // Two pixels, in turns.
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)((i & 1) == 0 ? value[0] >> 4 : value[0] & 15);
            }
        }
        else if (_size == 1)
        {
            pixels.Fill(value[0]);
        }
        else
        {
            for (; pixels.Length >= value.Length; pixels = pixels[_size..])
            {
                value.CopyTo(pixels);
            }
        }
    }

    private void Copy(ReadOnlySpan<byte> values, Span<byte> pixels)
    {
        if (_header.Compression == BmpCompression.Rle4)
        {
            for (int i = 0; i < Math.Min(pixels.Length, 2 * values.Length); i++)
            {
                pixels[i] = (byte)((i & 1) == 0 ? values[i / 2] >> 4 : values[i / 2] & 15);
            }
        }
        else
        {
            values[..Math.Min(values.Length, pixels.Length)].CopyTo(pixels);
        }
    }
}
