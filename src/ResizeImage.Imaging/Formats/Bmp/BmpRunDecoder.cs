namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>
/// Follows run-length codes ("Bitmap Compression" of Microsoft): two bytes each, a count above 0 and what to repeat, or 0 and an escape. RLE24
/// of OS/2 is the same with whole pixels.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="header">Of the file; it has runs.</param>
internal sealed class BmpRunDecoder(ByteSource file, BmpHeader header)
{
    private const int EndOfLine = 0;
    private const int EndOfBitmap = 1;
    private const int Delta = 2;

    /// <summary>Codes from one check of the work to the next: a row may have any number of them.</summary>
    private const int CodesOfCheck = 4096;

    private readonly int _size = BytesPerPixel(header);
    private int _codes;

    /// <summary>Bytes of a pixel once runs are written out: an index, or blue, green and red.</summary>
    public static int BytesPerPixel(BmpHeader header) => header.Compression == BmpCompression.Rle24 ? 3 : 1;

    /// <summary>Follows the codes of a row.</summary>
    /// <param name="run">Where they begin.</param>
    /// <param name="pixels">Receives the row; empty if only its end is looked for.</param>
    /// <param name="cutOff">The file ended within the row.</param>
    /// <returns>Where the next row with codes begins; null if there is none.</returns>
    public BmpRun? Decode(BmpRun run, Span<byte> pixels, out bool cutOff)
    {
        ReadOnlySpan<byte> bytes = file.WaitForAll(); // the last row comes first, and runs can only be read forwards
        (int row, int column, int offset) = run;
        cutOff = false;
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
                default: // as many pixels as they are, padded to 16 bits
                    int length = header.Compression == BmpCompression.Rle4 ? (code + 1) / 2 : code * _size;
                    Copy(Take(bytes, offset, length), Part(pixels, column, code));
                    offset += Take(bytes, offset, length + (length & 1)).Length;
                    column = Advance(column, code);
                    break;
            }
        }

        // The last row may well end with its last pixel.
        cutOff = column < header.Width;
        return cutOff ? null : new BmpRun(row + 1, 0, bytes.Length);
    }

    /// <summary>So many bytes, or those that are left.</summary>
    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int offset, int length) =>
        bytes.Slice(offset, Math.Min(length, bytes.Length - offset));

    /// <summary>The pixel at an index of 4-bit ones, the first in the high bits.</summary>
    private static byte Nibble(ReadOnlySpan<byte> bytes, int index) => (byte)((index & 1) == 0 ? bytes[index / 2] >> 4 : bytes[index / 2] & 15);

    /// <summary>Runs that go beyond the row's end are clipped, as in Pillow.</summary>
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
