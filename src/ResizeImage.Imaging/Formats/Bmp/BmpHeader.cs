using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>
/// The header after BITMAPFILEHEADER. Each version begins with the one before (Microsoft's BITMAPINFOHEADER, BITMAPV4HEADER and
/// BITMAPV5HEADER; Adobe writes 52 and 56 bytes of them). Exceptions: BITMAPCOREHEADER has short fields; OS/2 2.x begins like
/// BITMAPINFOHEADER and can end anywhere.
/// <code>
/// | BITMAPFILEHEADER (14) | header (Size) | masks | color table | pixels | ICC profile |
/// </code>
/// </summary>
/// <param name="Size">Bytes of the header: 12, or 16 and more.</param>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="TopDown">The first stored row is the top one.</param>
/// <param name="BitDepth">Bits of a pixel: 1, 2, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">One that is allowed with the bit depth.</param>
/// <param name="ColorsUsed">Entries of the color table; 0 for all that the bit depth allows.</param>
internal readonly record struct BmpHeader(
    int Size, int Width, int Height, bool TopDown, int BitDepth, BmpCompression Compression, uint ColorsUsed)
{
    /// <summary>Offset of the header: the size of BITMAPFILEHEADER.</summary>
    public const int Offset = 14;

    /// <summary>Bytes of BITMAPCOREHEADER.</summary>
    public const int CoreSize = 12;

    private const int Os2MinSize = 16;
    private const int InfoSize = 40;
    private const int Os2Size = 64;

    /// <summary>Masks define the channels.</summary>
    public bool HasMasks => Compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields;

    /// <summary>Pixels are run-length encoded.</summary>
    public bool HasRuns => Compression is BmpCompression.Rle8 or BmpCompression.Rle4 or BmpCompression.Rle24;

    /// <summary>Bytes of a stored row without its padding to a multiple of four.</summary>
    public long RowBytes => (((long)Width * BitDepth) + 7) / 8;

    /// <summary>Bytes from one stored row to the next.</summary>
    public long Stride => (((long)Width * BitDepth) + 31) / 32 * 4;

    /// <summary>The stored row of a row of the image.</summary>
    public int StoredRow(int y) => TopDown ? y : Height - 1 - y;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file, or its beginning up to the header's end.</param>
    /// <exception cref="InvalidImageException">A field has a value that BMP does not define.</exception>
    /// <exception cref="UnsupportedImageException">The file is of a kind that is not read.</exception>
    public static BmpHeader Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < Offset + sizeof(uint) || file.Length - Offset < BinaryPrimitives.ReadUInt32LittleEndian(file[Offset..]))
        {
            throw BmpErrors.TruncatedInHeader();
        }

        int size = BinaryPrimitives.ReadInt32LittleEndian(file[Offset..]);
        ReadOnlySpan<byte> dib = file.Slice(Offset, size);
        BmpHeader header = size switch
        {
            CoreSize => new(size, UInt16(dib, 4), UInt16(dib, 6), TopDown: false, UInt16(dib, 10), BmpCompression.None, 0),
            >= Os2MinSize => ParseLong(dib),
            _ => throw BmpErrors.Corrupt($"its header has {size} bytes; BMP has headers of 12, 16, 40 and more"),
        };
        if (header.Width <= 0 || header.Height <= 0)
        {
            throw BmpErrors.Corrupt($"its header says {header.Width} × {header.Height} pixels; at least 1 each is expected");
        }

        header.CheckKind();
        return header;
    }

    private static BmpHeader ParseLong(ReadOnlySpan<byte> dib)
    {
        bool os2 = dib.Length is < InfoSize or Os2Size;
        uint number = UInt32(dib, 16);
        BmpCompression compression = (os2, number) switch
        {
            (true, 3) => BmpCompression.Huffman1D,
            (true, 4) => BmpCompression.Rle24,
            (_, <= (uint)BmpCompression.CmykRle4) => (BmpCompression)number,
            _ => throw BmpErrors.Corrupt($"its header says compression {number}, which BMP does not have"),
        };
        int width = (int)UInt32(dib, 4);
        int height = (int)UInt32(dib, 8);

        // int.MinValue has no opposite, and stays negative.
        return new(dib.Length, width, height < 0 ? unchecked(-height) : height, height < 0, UInt16(dib, 14), compression, UInt32(dib, 32));
    }

    /// <summary>A field; 0 if the header ends before the field does.</summary>
    private static uint UInt32(ReadOnlySpan<byte> dib, int offset) =>
        dib.Length >= offset + sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(dib[offset..]) : 0;

    private static ushort UInt16(ReadOnlySpan<byte> dib, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(dib[offset..]);

    private void CheckKind()
    {
        string? unread = Compression switch
        {
            BmpCompression.Jpeg => "a JPEG in a BMP for printers (BI_JPEG)",
            BmpCompression.Png => "a PNG in a BMP for printers (BI_PNG)",
            BmpCompression.Cmyk or BmpCompression.CmykRle8 or BmpCompression.CmykRle4 => "a BMP in CMYK",
            BmpCompression.Huffman1D => "a BMP with fax compression (OS/2, Huffman 1D)",
            BmpCompression.None when BitDepth == 64 => "a BMP with 64 bits a pixel",
            _ => null,
        };
        if (unread is not null)
        {
            throw BmpErrors.Unsupported(unread);
        }

        bool suits = Compression switch
        {
            BmpCompression.None => BitDepth is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => BitDepth is 16 or 24 or 32,
            BmpCompression.Rle8 => BitDepth == 8,
            BmpCompression.Rle4 => BitDepth == 4,
            BmpCompression.Rle24 => BitDepth == 24,
            _ => false,
        };
        if (!suits)
        {
            throw BmpErrors.Corrupt($"its header says {BitDepth} bits a pixel with compression {Compression}, which BMP does not have");
        }
    }
}
