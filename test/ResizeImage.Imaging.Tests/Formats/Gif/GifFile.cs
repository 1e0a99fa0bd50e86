namespace ResizeImage.Imaging.Tests.Formats.Gif;

/// <summary>GIF files made by the tests.</summary>
internal static class GifFile
{
    /// <summary>Signature and logical screen, with a global table of 2^<paramref name="colorBits"/> colors: index i is (i, 7i, 255 − i).</summary>
    public static byte[] Screen(int width, int height, int colorBits = 8) =>
        [.. "GIF89a"u8, .. UInt16(width), .. UInt16(height), (byte)(0x80 | (colorBits - 1)), 0, 0, .. Colors(1 << colorBits)];

    /// <summary>Signature and logical screen without any table.</summary>
    public static byte[] ScreenWithoutColors(int width, int height) => [.. "GIF87a"u8, .. UInt16(width), .. UInt16(height), 0, 0, 0];

    /// <summary>A graphic control extension with a transparent index.</summary>
    public static byte[] Transparent(int index) => [0x21, 0xF9, 4, 1, 0, 0, (byte)index, 0];

    /// <summary>An extension with sub-blocks and their end.</summary>
    public static byte[] Extension(byte label, params byte[][] blocks) => [0x21, label, .. blocks.SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0];

    /// <summary>An image descriptor and its LZW data.</summary>
    public static byte[] Frame(int left, int top, int width, int height, int minCodeSize, byte[] codes, bool interlaced = false) =>
    [
        0x2C, .. UInt16(left), .. UInt16(top), .. UInt16(width), .. UInt16(height), (byte)(interlaced ? 0x40 : 0), (byte)minCodeSize,
        .. codes.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0,
    ];

    /// <summary>Codes of given widths, packed.</summary>
    public static byte[] Pack(IEnumerable<(int Code, int Bits)> codes)
    {
        List<byte> bytes = [];
        int at = 0;
        foreach ((int code, int bits) in codes)
        {
            for (int i = 0; i < bits; i++, at++)
            {
                if (at % 8 == 0)
                {
                    bytes.Add(0);
                }

                bytes[^1] |= (byte)(((code >> i) & 1) << (at % 8));
            }
        }

        return [.. bytes];
    }

    /// <summary>Compresses slowly, string by string.</summary>
    /// <param name="pixels">Indices below 2^<paramref name="minCodeSize"/>.</param>
    /// <param name="minCodeSize">1 to 11.</param>
    /// <param name="clearWhenFull">Otherwise the full table stays, of 12-bit codes.</param>
    /// <param name="clearFirst">The first code is the clear code.</param>
    /// <param name="end">The last code is the end code.</param>
    public static byte[] Compress(IEnumerable<byte> pixels, int minCodeSize, bool clearWhenFull = true, bool clearFirst = true, bool end = true)
    {
        int clear = 1 << minCodeSize;
        Dictionary<string, int> table = [];
        List<(int, int)> codes = [];
        int next = 0;
        int bits = 0;
        Reset();
        if (clearFirst)
        {
            codes.Add((clear, bits));
        }

        string text = "";
        foreach (byte pixel in pixels)
        {
            string longer = text + (char)pixel;
            if (table.ContainsKey(longer))
            {
                text = longer;
                continue;
            }

            codes.Add((table[text], bits));
            if (next < 4096)
            {
                table[longer] = next++;

                // The decoder is one code behind.
                if (next > 1 << bits && bits < 12)
                {
                    bits++;
                }
            }
            else if (clearWhenFull)
            {
                codes.Add((clear, bits));
                Reset();
            }

            text = longer[^1..];
        }

        codes.Add((table[text], bits));
        if (end)
        {
            // As after any code, the decoder has one entry more.
            codes.Add((clear + 1, next == 1 << bits && bits < 12 ? bits + 1 : bits));
        }

        return Pack(codes);

        void Reset()
        {
            table = Enumerable.Range(0, Math.Min(clear, 256)).ToDictionary(value => ((char)value).ToString());
            next = clear + 2;
            bits = minCodeSize + 1;
        }
    }

    /// <summary>R, G, B of the colors of <see cref="Screen"/>.</summary>
    public static byte[] Colors(int count) => [.. Enumerable.Range(0, count).SelectMany(i => (byte[])[(byte)i, (byte)(7 * i), (byte)(255 - i)])];

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];
}
