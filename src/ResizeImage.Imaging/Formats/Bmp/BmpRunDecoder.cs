namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>
/// Follows run-length codes ("Bitmap Compression" of Microsoft). A code has two bytes: a count above 0 and the value to repeat, or 0 and an
/// escape. RLE24 of OS/2 is the same with whole pixels.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="header">The file's header, with runs.</param>
internal sealed class BmpRunDecoder(ByteSource file, BmpHeader header)
{
    private const int EndOfLine = 0;
    private const int EndOfBitmap = 1;
    private const int Delta = 2;

    /// <summary>Codes between two checks of the work: a row may have any number of them.</summary>
    private const int CodesOfCheck = 4096;

    private readonly int _size = BytesPerPixel(header);
    private int _codes;

    /// <summary>Bytes of an expanded pixel: an index, or blue, green and red.</summary>
    public static int BytesPerPixel(BmpHeader header) => header.Compression == BmpCompression.Rle24 ? 3 : 1;

    /// <summary>Follows the codes of a row.</summary>
    /// <param name="run">The position of the row's first run.</param>
    /// <param name="pixels">Receives the row; empty to look only for its end.</param>
    /// <param name="isTruncated">The file ends within the row.</param>
    /// <returns>The first run of the next row with codes; null if there is none.</returns>
    public BmpRun? Decode(BmpRun run, Span<byte> pixels, out bool isTruncated)
    {
        ReadOnlySpan<byte> bytes = file.WaitForAll(); // the last row comes first, and runs can only be read forwards
        (int row, int column, int offset) = run;
        isTruncated = false;
        while (offset + 2 <= bytes.Length)
        {
            if (++_codes % CodesOfCheck == 0)
            {
                file.Work.Check();
            }

            (int count, int code) = (bytes[offset], bytes[offset + 1]);
            if (count > 0)
            {
                ReadOnlySpan<byte> value = Take(bytes, offset + 1, _size);
                Fill(value, Part(pixels, column, count));
                offset += 1 + value.Length;
                column = Advance(column, count);
                continue;
            }

            offset += 2;
            switch (code)
            {
                case EndOfLine:
                    return new(row + 1, 0, offset);
                case EndOfBitmap:
                    return null;
                case Delta:
                    ReadOnlySpan<byte> step = Take(bytes, offset, 2);
                    offset += step.Length;
                    if (step.Length == 2)
                    {
                        column = Advance(column, step[0]);
                        if (step[1] > 0)
                        {
                            return new(row + Math.Min(step[1], header.Height - row), column, offset);
                        }
                    }

                    break;
                default: // literal pixels, padded to 16 bits
                    int length = header.Compression == BmpCompression.Rle4 ? (code + 1) / 2 : code * _size;
                    Copy(Take(bytes, offset, length), Part(pixels, column, code));
                    offset += Take(bytes, offset, length + (length & 1)).Length;
                    column = Advance(column, code);
                    break;
            }
        }

        // The last row may end with its last pixel.
        isTruncated = column < header.Width;
        return isTruncated ? null : new BmpRun(row + 1, 0, bytes.Length);
    }

    /// <summary>A number of bytes, or those that are left.</summary>
    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int offset, int length) =>
        bytes.Slice(offset, Math.Min(length, bytes.Length - offset));

    /// <summary>A 4-bit pixel; the first of a byte is in the high bits.</summary>
    private static byte Nibble(ReadOnlySpan<byte> bytes, int index) => (byte)((index & 1) == 0 ? bytes[index / 2] >> 4 : bytes[index / 2] & 15);

    /// <summary>Clips runs at the row's end, as Pillow does.</summary>
    private int Advance(int column, int count) => column + Math.Min(count, header.Width - column);

    private Span<byte> Part(Span<byte> pixels, int column, int count) =>
        pixels.IsEmpty ? pixels : pixels[(column * _size)..(Advance(column, count) * _size)];

    private void Fill(ReadOnlySpan<byte> value, Span<byte> pixels)
    {
        if (header.Compression == BmpCompression.Rle4)
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = Nibble(value, i & 1);
            }
        }
        else if (_size == 1)
        {
            pixels.Fill(value[0]);
        }
        else
        {
            for (; pixels.Length >= value.Length; pixels = pixels[value.Length..])
            {
                value.CopyTo(pixels);
            }
        }
    }

    private void Copy(ReadOnlySpan<byte> values, Span<byte> pixels)
    {
        if (header.Compression == BmpCompression.Rle4)
        {
            for (int i = 0; i < Math.Min(pixels.Length, 2 * values.Length); i++)
            {
                pixels[i] = Nibble(values, i);
            }
        }
        else
        {
            values[..Math.Min(values.Length, pixels.Length)].CopyTo(pixels);
        }
    }
}
