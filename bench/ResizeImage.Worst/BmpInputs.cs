using System.Buffers.Binary;

namespace ResizeImage.Worst;

/// <summary>Windows bitmaps.</summary>
internal static class BmpInputs
{
    private const int Repeated = 9_000_000;

    public static IEnumerable<WorstInput> All()
    {
        yield return new("bmp", "1 bit", side => File(side, side, 1, 0, new byte[(side + 31) / 32 * 4 * side]));
        yield return new("bmp", "32 bits, alpha 0", side => File(8000, 8000, 32, 3, new byte[8000 * 8000 * 4], Masks(0xFF0000, 0xFF00, 0xFF, 0xFF000000)));
        yield return new("bmp", "16 bits, odd masks", side => File(11000, 11000, 16, 3, new byte[11000 * 11000 * 2], Masks(0x7E00, 0x180, 0x7F, 0)));
        yield return new("bmp", "24 bits, cut off behind the first row", side => File(side, side, 24, 0, new byte[side * 3]));
        yield return new("bmp", "RLE8, long runs", side => File(side, side, 8, 1, Rows(side, [.. Enumerable.Repeat<byte[]>([255, 1], (side / 255) + 1).SelectMany(b => b), 0, 0])));
        yield return new("bmp", "RLE4, long runs", side => File(side, side, 4, 2, Rows(side, [.. Enumerable.Repeat<byte[]>([255, 1], (side / 255) + 1).SelectMany(b => b), 0, 0])));
        yield return new("bmp", "RLE8, empty rows", side => File(side, side, 8, 1, Rows(side, [0, 0])));
        yield return new("bmp", "RLE8, steps of nothing", side => File(1, 1, 8, 1, [.. Enumerable.Repeat<byte[]>([0, 2, 0, 0], Repeated / 4).SelectMany(b => b), 1, 1, 0, 1]));
        yield return new("bmp", "RLE8, short runs beyond the row", side => File(1, 1, 8, 1, [.. Enumerable.Repeat<byte[]>([1, 1], Repeated / 2).SelectMany(b => b), 0, 1]));
        yield return new("bmp", "RLE8, columns of one pixel", side => File(1, 4_000_000, 8, 1, [.. Enumerable.Repeat<byte[]>([1, 1, 0, 0], 4_000_000).SelectMany(b => b)]));
    }

    private static byte[] Rows(int side, byte[] row)
    {
        byte[] all = new byte[row.Length * side];
        for (int at = 0; at < all.Length; at += row.Length)
        {
            row.CopyTo(all, at);
        }

        return all;
    }

    private static byte[] Masks(params uint[] masks) => [.. masks.SelectMany(BitConverter.GetBytes)];

    private static byte[] File(int width, int height, int bits, int compression, byte[] pixels, byte[]? masks = null)
    {
        byte[] header = new byte[54 + (masks?.Length ?? 0) + (bits <= 8 ? 8 : 0)];
        "BM"u8.CopyTo(header);
        int size = masks is null ? 40 : 56;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(14), size);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), height);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(26), 1 | (bits << 16));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(30), compression);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(46), bits <= 8 ? 2 : 0);
        masks?.CopyTo(header, 54);
        if (bits <= 8)
        {
            new byte[] { 1, 2, 3, 0, 200, 100, 0, 0 }.CopyTo(header, 54);
        }

        return [.. header, .. pixels];
    }
}
