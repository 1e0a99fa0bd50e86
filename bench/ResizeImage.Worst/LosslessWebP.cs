namespace ResizeImage.Worst;

/// <summary>A lossless image (VP8L, RFC 9649, 3) whose pixels have no bits, with features that take a long time to decode.</summary>
internal sealed record LosslessWebP
{
    private const int Lengths = 256;
    private const int Cached = Lengths + 24;
    private const int Alphabet = Cached + 2048;

    /// <summary>The predictor of all pixels; null for none.</summary>
    public uint? Predictor { get; init; }

    public bool CrossColor { get; init; }

    public bool SubtractGreen { get; init; }

    public bool Palette { get; init; }

    public bool HasCache { get; init; }

    /// <summary>Each block of 4 × 4 pixels selects its group of codes.</summary>
    public bool SmallBlocks { get; init; }

    /// <summary>One bit per pixel selects one of two colors.</summary>
    public bool TwoColors { get; init; }

    /// <summary>Each pixel is a copy of the previous one.</summary>
    public bool Copies { get; init; }

    /// <summary>Each pixel comes from the color cache.</summary>
    public bool OfCache { get; init; }

    /// <summary>16 × 16 pixels, whose blocks use the highest of 65,536 groups of codes.</summary>
    /// <param name="large">True if each code has the largest alphabet.</param>
    public static byte[] ManyGroups(bool large)
    {
        BitWriter bits = new();
        WriteHeader(bits, 16, 16);
        bits.Write(0, 1);
        bits.Write(1, 1);
        bits.Write(11, 4);
        bits.Write(1, 1);
        bits.Write(0, 3);
        bits.Write(0, 1);

        // Red and green are the number of the group: both 255.
        WriteSingles(bits, 255, 255, 0, 0, 0);
        for (int i = 0; i < 65536; i++)
        {
            if (!large)
            {
                WriteSingles(bits, 5, 3, 7, 11, 0);
                continue;
            }

            foreach (int symbols in (int[])[Alphabet, 256, 256, 256, 40])
            {
                WriteLengths(bits, symbols - 2, symbols);
            }
        }

        return [.. bits.ToArray(), .. new byte[256]];
    }

    /// <summary>The data of a VP8L chunk.</summary>
    public byte[] ToData(int width, int height)
    {
        BitWriter bits = new();
        WriteHeader(bits, width, height);
        WriteTransforms(bits);
        bits.Write(HasCache ? 1u : 0, 1);
        if (HasCache)
        {
            bits.Write(11, 4);
        }

        bits.Write(SmallBlocks || Copies ? 1u : 0, 1);
        if (SmallBlocks)
        {
            bits.Write(0, 4);
            WriteSingles(bits, 0, 0, 0, 0, 0);
        }

        byte[] pixels = new byte[64];
        if (Copies)
        {
            WriteCopies(bits, (width + 3) / 4 * ((height + 3) / 4));
        }
        else if (TwoColors)
        {
            WriteTwo(bits, 30, 200);
            WriteSingles(bits, 9, 9, 9, 9);
            pixels = new byte[((long)width * height / 8) + 64];
            new Random(3).NextBytes(pixels);
        }
        else if (OfCache)
        {
            WriteGroupOf(bits, Cached + 77);
        }
        else
        {
            WriteSingles(bits, 5, 3, 7, 11, 0);
        }

        return [.. bits.ToArray(), .. pixels];
    }

    private static void WriteHeader(BitWriter bits, int width, int height)
    {
        bits.Write(0x2F, 8);
        bits.Write((uint)width - 1, 14);
        bits.Write((uint)height - 1, 14);
        bits.Write(1, 1);
        bits.Write(0, 3);
    }

    private void WriteTransforms(BitWriter bits)
    {
        // A flag, the type, and blocks of 4 × 4 pixels without a cache.
        if (Predictor is { } mode)
        {
            bits.Write(1 | (0 << 1), 7);
            WriteSingles(bits, mode, 0, 0, 0, 0);
        }

        if (CrossColor)
        {
            bits.Write(1 | (1 << 1), 7);
            WriteSingles(bits, 77, 3, 7, 11, 0);
        }

        if (SubtractGreen)
        {
            bits.Write(1 | (2 << 1), 3);
        }

        if (Palette)
        {
            bits.Write(1 | (3 << 1), 3);
            bits.Write(1, 8);
            bits.Write(0, 1);
            WriteSingles(bits, 33, 3, 7, 11, 0);
        }

        bits.Write(0, 1);
    }

    /// <summary>The first block has a literal, all others have copies of a pixel.</summary>
    private static void WriteCopies(BitWriter bits, int blocks)
    {
        bits.Write(0, 4);
        WriteTwo(bits, 0, 1);
        WriteSingles(bits, 0, 0, 0, 0);
        bits.Write(0, 1);
        for (int i = 1; i < blocks; i++)
        {
            bits.Write(1, 1);
        }

        WriteSingles(bits, 5, 3, 7, 11, 0);
        WriteGroupOf(bits, Lengths);
    }

    /// <summary>A group whose green has one symbol over 255; distance 1 is the pixel to the left (RFC 9649, 3.6.2.2).</summary>
    private static void WriteGroupOf(BitWriter bits, int green)
    {
        WriteLengths(bits, green, Alphabet);
        WriteSingles(bits, 3, 7, 11, 1);
    }

    /// <summary>Codes of one symbol each.</summary>
    private static void WriteSingles(BitWriter bits, params uint[] symbols)
    {
        foreach (uint symbol in symbols)
        {
            bits.Write(1 | (0 << 1) | (1 << 2), 3);
            bits.Write(symbol, 8);
        }
    }

    /// <summary>A code of two symbols.</summary>
    private static void WriteTwo(BitWriter bits, uint first, uint second)
    {
        bits.Write(1 | (1 << 1) | (1 << 2), 3);
        bits.Write(first, 8);
        bits.Write(second, 8);
    }

    /// <summary>A code given by lengths: one symbol, or the last two with one bit each.</summary>
    private static void WriteLengths(BitWriter bits, int symbol, int symbols)
    {
        // The code of lengths has 18, a run of zeros, and 1, with one bit each; the lower symbol has the code 0.
        bits.Write(0, 1);
        bits.Write(0, 4);
        bits.Write(0 | (1 << 3) | (0 << 6) | (1 << 9), 12);
        bits.Write(0, 1);
        WriteZeros(bits, symbol);
        bits.Write(0, 1);
        int left = symbols - symbol - 1;
        if (left == 1)
        {
            bits.Write(0, 1);
        }
        else
        {
            WriteZeros(bits, left);
        }
    }

    private static void WriteZeros(BitWriter bits, int count)
    {
        while (count > 0)
        {
            int zeros = count <= 138 ? count : Math.Min(138, count - 11);
            bits.Write(1, 1);
            bits.Write((uint)zeros - 11, 7);
            count -= zeros;
        }
    }
}
