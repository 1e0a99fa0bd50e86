namespace ResizeImage.Worst;

/// <summary>GIF.</summary>
internal static class GifInputs
{
    private const int Repeated = 9_000_000;

    public static IEnumerable<WorstInput> All()
    {
        yield return new("gif", "long strings", side => File(side, side, [], 0, 7, Blocks(LongStrings(7, (long)side * side))));
        yield return new("gif", "long strings, interlaced", side => File(side, side, [], 0x40, 7, Blocks(LongStrings(7, (long)side * side))));
        yield return new("gif", "long strings, part of the canvas", side => File(side - 1, side, [], 0, 7, Blocks(LongStrings(7, (long)side * side)), right: 1));
        yield return new("gif", "noise of 230 MB", _ => File(12800, 12800, [], 0, 8, Blocks(Noise(12800 * 12800))));
        yield return new("gif", "clear codes", side => File(1, 1, [], 0, 1, Blocks(ClearCodes())));
        yield return new("gif", "blocks of one byte", side => File(1, 1, [], 0, 1, Blocks(ClearCodes(), 1)));
        yield return new("gif", "empty extensions", side => File(1, 1, [.. Enumerable.Repeat<byte[]>([0x21, 0xFF, 0], Repeated / 3).SelectMany(b => b)], 0, 1, [1, 4, 0]));
        yield return new("gif", "a comment of blocks of one byte", side => File(1, 1, [0x21, 0xFE, .. Enumerable.Repeat<byte[]>([1, 0], Repeated / 2).SelectMany(b => b), 0], 0, 1, [1, 4, 0]));
        yield return new("gif", "zeros between blocks", side => File(1, 1, new byte[Repeated], 0, 1, [1, 4, 0]));
        yield return new("gif", "truncated after the first rows", side => File(side, side, [], 0, 7, Blocks(LongStrings(7, 100_000))));
    }

    private static byte[] File(int width, int height, byte[] before, byte flags, byte minCodeSize, byte[] data, int right = 0) =>
    [
        .. "GIF89a"u8, (byte)(width + right), (byte)((width + right) >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 1, 2, 3, 200, 100, 0,
        .. before, 0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), flags, minCodeSize, .. data, 0x3B,
    ];

    private static byte[] Blocks(byte[] data, int size = 255) => [.. data.Chunk(size).SelectMany(block => new[] { (byte)block.Length }.Concat(block)), 0];

    /// <summary>Each string is one pixel longer than the previous one, up to the longest, which repeats.</summary>
    private static byte[] LongStrings(int minCodeSize, long pixels)
    {
        BitWriter bits = new();
        int clear = 1 << minCodeSize;
        int width = minCodeSize + 1;
        bits.Write((uint)clear, width);
        bits.Write(0, width);
        long made = 1;
        long length = 1;
        for (int code = clear + 2; made < pixels;)
        {
            bits.Write((uint)code, width);
            length = code < 4095 ? length + 1 : length;
            made += length;
            if (code < 4095)
            {
                code++;
                width = code >> width != 0 && width < 12 ? width + 1 : width;
            }
        }

        return bits.ToArray();
    }

    /// <summary>A literal code for each pixel.</summary>
    private static byte[] Noise(int pixels)
    {
        BitWriter bits = new();
        Random random = new(5);
        int next = 4096;
        int width = 9;
        for (int i = 0; i < pixels; i++)
        {
            if (next == 4096)
            {
                bits.Write(256, width);
                (next, width) = (257, 9);
            }

            bits.Write((uint)random.Next(256), width);
            next++;
            width = next >> width != 0 && width < 12 ? width + 1 : width;
        }

        return bits.ToArray();
    }

    private static byte[] ClearCodes()
    {
        byte[] codes = new byte[Repeated];
        Array.Fill(codes, (byte)0xAA); // code 2, two bits each
        return codes;
    }
}
