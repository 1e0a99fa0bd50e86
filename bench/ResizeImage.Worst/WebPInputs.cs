using ResizeImage.Imaging;
using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Worst;

/// <summary>WebP, lossless (VP8L, RFC 9649) and lossy (VP8, RFC 6386).</summary>
internal static class WebPInputs
{
    private const int Repeated = 9_000_000;


    public static IEnumerable<WorstInput> All()
    {
        yield return Lossless("one color", new());
        yield return Lossless("color cache", new() { CacheBits = 11 });
        yield return Lossless("codes for blocks of 4", new() { CacheBits = 11, SmallBlocks = true });
        yield return Lossless("palette of two colors", new() { Palette = true });
        for (uint mode = 1; mode < 14; mode++)
        {
            yield return Lossless($"predictor {mode}", new() { Predictor = mode });
        }

        yield return Lossless("pixels of the cache, all transforms", new() { CacheBits = 11, Green = 280 + 77, Predictor = 11, CrossColor = true, SubtractGreen = true });
        yield return Lossless("copies of one pixel", new() { CacheBits = 11, Copies = true });
        yield return Lossless("copies of one pixel, all transforms", new() { CacheBits = 11, Copies = true, Predictor = 11, CrossColor = true, SubtractGreen = true });
        yield return Lossless("all transforms", new() { CacheBits = 11, SmallBlocks = true, Predictor = 11, CrossColor = true, SubtractGreen = true });
        yield return new("webp", "lossless, 65,536 groups of codes", side => Riff("VP8L", ManyGroups(large: false)));
        yield return new("webp", "lossless, 65,536 groups of large codes", side => Riff("VP8L", ManyGroups(large: true)));
        yield return new("webp", "lossless, profile of tables", side => Extended(0x20, [("ICCP", IccInputs.Tables(3)), ("VP8L", LosslessData(new() { TwoColors = true }, side, side))], side, side));
        foreach (ThumbnailOptions options in (ThumbnailOptions[])[new(), new() { Width = 4096, Height = 4096 }])
        {
            string size = options.Width == 200 ? string.Empty : $", to {options.Width}";
            foreach (int partitions in (int[])[0, 3])
            {
                yield return Lossy($"no coefficients, {1 << partitions} partitions" + size, partitions, Coefficients.None, options);
            }

            yield return Lossy("zero coefficients" + size, 3, Coefficients.Zero, options);
            yield return Lossy("coefficients of one" + size, 3, Coefficients.One, options);
            yield return new("webp", "lossy, zero coefficients, alpha" + size, side => Extended(0x10, [("ALPH", [1 | (3 << 2), .. LosslessData(new() { Predictor = 11, CacheBits = 11, SmallBlocks = true, CrossColor = true }, side, LossyHeight(side))[5..]]), ("VP8 ", LossyData(side, 3, Coefficients.Zero))], side, LossyHeight(side))) { Options = options };
        }

        yield return new("webp", "lossy, cut off behind the first rows", side => Riff("VP8 ", LossyData(side, 0, Coefficients.None)[..3_000]));
        yield return new("webp", "empty chunks", side => Extended(0, [.. Enumerable.Repeat(("ICCP", Array.Empty<byte>()), Repeated / 8), ("VP8L", LosslessData(new(), 1, 1))], 1, 1));
        yield return new("webp", "EXIF again and again", side => Extended(0, [.. Enumerable.Repeat(("EXIF", Exif()), Repeated / 65_000), ("VP8L", LosslessData(new(), 1, 1))], 1, 1));
        yield return new("webp", "chunks within a frame", side => Extended(2, [("ANMF", [.. new byte[16], .. Enumerable.Repeat(Chunk("ALPH", []), Repeated / 8).SelectMany(c => c), .. Chunk("VP8L", LosslessData(new(), 1, 1))])], 1, 1));
    }

    private enum Coefficients
    {
        None,
        Zero,
        One,
    }

    private static WorstInput Lossless(string name, LosslessOptions options) => new("webp", "lossless, " + name, side => Riff("VP8L", LosslessData(options, side, side)));

    private static WorstInput Lossy(string name, int partitions, Coefficients coefficients, ThumbnailOptions options) =>
        new("webp", "lossy, " + name, side => Riff("VP8 ", LossyData(side, partitions, coefficients))) { Options = options };

    private static byte[] Riff(string type, byte[] data) => Container(Chunk(type, data));

    private static byte[] Extended(byte flags, (string Type, byte[] Data)[] chunks, int width, int height) => Container(
    [
        .. Chunk("VP8X", [flags, 0, 0, 0, .. BitConverter.GetBytes(width - 1).AsSpan(0, 3), .. BitConverter.GetBytes(height - 1).AsSpan(0, 3)]),
        .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)),
    ]);

    private static byte[] Container(byte[] chunks) => [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Chunk(string type, byte[] data) =>
        [.. System.Text.Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Exif() => [.. "MM\0*\0\0\0\u0008"u8, 0x15, 0x18, .. Enumerable.Repeat<byte[]>([1, 0, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0], 5400).SelectMany(e => e)];

    /// <summary>All pixels are the same, and take no bits (or one).</summary>
    private static byte[] LosslessData(LosslessOptions options, int width, int height)
    {
        BitWriter bits = new();
        WriteHeader(bits, width, height);
        if (options.Predictor is { } mode)
        {
            bits.Write(1, 1);
            bits.Write(0, 2);
            bits.Write(0, 3);
            bits.Write(0, 1);
            WriteSingles(bits, mode);
        }

        if (options.CrossColor)
        {
            bits.Write(1, 1);
            bits.Write(1, 2);
            bits.Write(0, 3);
            bits.Write(0, 1);
            WriteSingles(bits, 77);
        }

        if (options.SubtractGreen)
        {
            bits.Write(1, 1);
            bits.Write(2, 2);
        }

        if (options.Palette)
        {
            bits.Write(1, 1);
            bits.Write(3, 2);
            bits.Write(1, 8);
            bits.Write(0, 1);
            WriteSingles(bits, 33);
        }

        bits.Write(0, 1);
        bits.Write(options.CacheBits > 0 ? 1u : 0, 1);
        if (options.CacheBits > 0)
        {
            bits.Write((uint)options.CacheBits, 4);
        }

        bits.Write(options.SmallBlocks || options.Copies ? 1u : 0, 1);
        if (options.SmallBlocks || options.Copies)
        {
            bits.Write(0, 3);
            bits.Write(0, 1);
        }

        if (options.SmallBlocks)
        {
            WriteSingles(bits, 0, red: 0);
        }

        if (options.Copies)
        {
            // The first block has a literal, all others copies.
            bits.Write(3, 2);
            bits.Write(1, 1);
            bits.Write(0, 8);
            bits.Write(1, 8);
            for (int i = 0; i < 4; i++)
            {
                WriteSingle(bits, 0);
            }

            int blocks = (width + 3) / 4 * ((height + 3) / 4);
            bits.Write(0, 1);
            for (int i = 1; i < blocks; i++)
            {
                bits.Write(1, 1);
            }

            WriteSingles(bits, 5);
            WriteLengths(bits);
            return [.. bits.ToArray(), .. new byte[64]];
        }

        if (!options.TwoColors)
        {
            if (options.Green < 256)
            {
                WriteSingles(bits, (uint)options.Green);
            }
            else
            {
                WriteLarge(bits, options.Green);
            }

            return [.. bits.ToArray(), .. new byte[8]];
        }

        // Green is one of two, by a bit for each pixel.
        bits.Write(3, 2);
        bits.Write(1, 1);
        bits.Write(30, 8);
        bits.Write(200, 8);
        for (int i = 0; i < 4; i++)
        {
            WriteSingle(bits, 9);
        }

        byte[] noise = new byte[((long)width * height / 8) + 16];
        new Random(3).NextBytes(noise);
        return [.. bits.ToArray(), .. noise];
    }

    /// <summary>Sixteen by sixteen pixels, whose last block has the highest group.</summary>
    private static byte[] ManyGroups(bool large)
    {
        BitWriter bits = new();
        WriteHeader(bits, 16, 16);
        bits.Write(0, 1);
        bits.Write(1, 1);
        bits.Write(11, 4);
        bits.Write(1, 1);
        bits.Write(0, 3);
        bits.Write(0, 1);

        // Groups are numbers of red and green: all 255.
        WriteSingle(bits, 255);
        WriteSingle(bits, 255);
        WriteSingle(bits, 0);
        WriteSingle(bits, 0);
        WriteSingle(bits, 0);
        for (int i = 0; i < 65536; i++)
        {
            if (!large)
            {
                WriteSingles(bits, 5);
                continue;
            }

            WriteTwoLast(bits, 280 + 2048);
            WriteTwoLast(bits, 256);
            WriteTwoLast(bits, 256);
            WriteTwoLast(bits, 256);
            WriteTwoLast(bits, 40);
        }

        return [.. bits.ToArray(), .. new byte[256]];
    }

    private static void WriteHeader(BitWriter bits, int width, int height)
    {
        bits.Write(0x2F, 8);
        bits.Write((uint)width - 1, 14);
        bits.Write((uint)height - 1, 14);
        bits.Write(1, 1);
        bits.Write(0, 3);
    }

    /// <summary>A group of five codes of one symbol each.</summary>
    private static void WriteSingles(BitWriter bits, uint green, uint red = 3)
    {
        WriteSingle(bits, green);
        WriteSingle(bits, red);
        WriteSingle(bits, 7);
        WriteSingle(bits, 11);
        WriteSingle(bits, 0);
    }

    /// <summary>A group whose pixels are copies of one pixel each.</summary>
    private static void WriteLengths(BitWriter bits) => WriteLarge(bits, 256);

    /// <summary>A group whose green has one symbol over 255.</summary>
    private static void WriteLarge(BitWriter bits, int symbol)
    {
        WriteOnly(bits, symbol);
        WriteSingle(bits, 3);
        WriteSingle(bits, 7);
        WriteSingle(bits, 11);

        // A distance code of 2: the pixel to the left (RFC 9649, 4.2.2).
        WriteSingle(bits, 1);
    }

    /// <summary>A code of one symbol that the short way of writing codes cannot say.</summary>
    private static void WriteOnly(BitWriter bits, int symbol)
    {
        bits.Write(0, 1);
        bits.Write(0, 4);
        bits.Write(0, 3);
        bits.Write(1, 3);
        bits.Write(0, 3);
        bits.Write(1, 3);
        bits.Write(0, 1);
        const int Symbols = 256 + 24 + 2048;
        Zeros(symbol);
        bits.Write(0, 1);
        Zeros(Symbols - symbol - 1);

        void Zeros(int left)
        {
            while (left > 0)
            {
                int zeros = left <= 138 ? left : Math.Min(138, left - 11);
                bits.Write(1, 1);
                bits.Write((uint)zeros - 11, 7);
                left -= zeros;
            }
        }
    }

    private static void WriteSingle(BitWriter bits, uint symbol)
    {
        bits.Write(1, 2);
        bits.Write(1, 1);
        bits.Write(symbol, 8);
    }

    /// <summary>The last two symbols of an alphabet have a code of one bit each.</summary>
    private static void WriteTwoLast(BitWriter bits, int symbols)
    {
        bits.Write(0, 1);
        bits.Write(0, 4);

        // Of 17, 18, 0 and 1: 18 and 1, by a bit each; 1 is the lower number and has the code 0.
        bits.Write(0, 3);
        bits.Write(1, 3);
        bits.Write(0, 3);
        bits.Write(1, 3);
        bits.Write(0, 1);
        for (int left = symbols - 2; left > 0;)
        {
            int zeros = left <= 138 ? left : Math.Min(138, left - 11);
            bits.Write(1, 1);
            bits.Write((uint)zeros - 11, 7);
            left -= zeros;
        }

        bits.Write(0, 2);
    }

    /// <summary>The first partition has at most 2¹⁹ bytes, and four bits for each macroblock here.</summary>
    private static int LossyHeight(int side) => Math.Min(side, 15_800);

    private static byte[] LossyData(int side, int partitionBits, Coefficients coefficients)
    {
        int across = (side + 15) / 16;
        int down = (LossyHeight(side) + 15) / 16;
        BoolEncoder modes = new();
        modes.WriteNumber(0, 2);
        modes.Write(false); // segmentation
        modes.Write(false); // the normal loop filter
        modes.WriteNumber(63, 6);
        modes.WriteNumber(0, 3);
        modes.Write(false);
        modes.WriteNumber(partitionBits, 2);
        modes.WriteNumber(0, 7);
        modes.WriteNumber(0, 5);
        modes.Write(false);
        int branch = 0;
        foreach (byte keep in CoefficientProbabilities.KeepProbabilities)
        {
            // Branch 0: not the end, 1: not zero, 2: more than one.
            modes.Write(true, keep);
            modes.WriteNumber((branch++ % 11) switch { 0 => coefficients == Coefficients.None ? 255 : 1, 1 => coefficients == Coefficients.One ? 1 : 255, _ => 255 }, 8);
        }

        modes.Write(false); // all macroblocks have coefficients
        for (int i = 0; i < across * down; i++)
        {
            modes.Write(false, 145); // by subblocks
            for (int block = 0; block < 16; block++)
            {
                modes.Write(false, 231);
            }

            modes.Write(false, 142);
        }

        byte[] first = modes.ToArray();
        int count = 1 << partitionBits;
        BoolEncoder tokens = new();
        int rows = (down + count - 1) / count;
        for (long block = 24L * across * rows; block > 0; block--)
        {
            if (coefficients == Coefficients.None)
            {
                tokens.Write(false, 255);
                continue;
            }

            bool one = coefficients == Coefficients.One;
            if (!one)
            {
                tokens.Write(true, 1);
            }

            for (int i = 0; i < 16; i++)
            {
                if (one)
                {
                    tokens.Write(true, 1);
                }

                tokens.Write(one, one ? 1 : 255);
                if (one)
                {
                    tokens.Write(false, 255);
                    tokens.Write((i & 1) != 0);
                }
            }
        }

        byte[] partition = tokens.ToArray();
        int tag = (1 << 4) | (first.Length << 5);
        using MemoryStream data = new();
        data.Write([(byte)tag, (byte)(tag >> 8), (byte)(tag >> 16), 0x9D, 1, 0x2A, (byte)side, (byte)(side >> 8), (byte)LossyHeight(side), (byte)(LossyHeight(side) >> 8)]);
        data.Write(first);
        for (int i = 0; i < count - 1; i++)
        {
            data.Write([(byte)partition.Length, (byte)(partition.Length >> 8), (byte)(partition.Length >> 16)]);
        }

        for (int i = 0; i < count; i++)
        {
            data.Write(partition);
        }

        return data.ToArray();
    }

    private sealed record LosslessOptions
    {
        public uint? Predictor { get; init; }

        public bool CrossColor { get; init; }

        public bool SubtractGreen { get; init; }

        public bool Palette { get; init; }

        public int CacheBits { get; init; }

        public bool SmallBlocks { get; init; }

        public bool TwoColors { get; init; }

        /// <summary>Each pixel is a copy of the one before.</summary>
        public bool Copies { get; init; }

        /// <summary>The symbol of all pixels.</summary>
        public int Green { get; init; } = 5;
    }
}
