namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Look-up tables for the first scans of progressive frames: what the next <see cref="LookupBits"/> bits say, with the additional bits of
/// the code. 0 where they are too few, or no code.
/// </summary>
internal static class ProgressiveSteps
{
    /// <summary>Bits looked at: a table of 16 KiB, which leaves room for the data in the first-level cache.</summary>
    public const int LookupBits = 12;

    /// <summary>The advance of a step that ends the block, or a run of blocks.</summary>
    public const int EndOfBand = 128;

    /// <summary>Runs of blocks longer than this are not in the tables.</summary>
    public const int MaxBlocks = 63;

    private const int ValueShift = 20;
    private const int BlocksShift = 14;
    private const int AdvanceShift = 6;

    /// <summary>Steps of a table for DC coefficients.</summary>
    public static uint[] Dc(HuffmanTable table) => Resolve(table, (size, bits, room) =>
        size > room ? null : Step(Extend(bits, size), 0, 0, size));

    /// <summary>Steps of a table for a first scan of AC coefficients (T.81 G.1.2.2).</summary>
    public static uint[] Ac(HuffmanTable table) => Resolve(table, (symbol, bits, room) =>
    {
        int run = symbol >> 4;
        int size = symbol & 15;
        if (size > 0 || run == 15)
        {
            return size > room ? null : Step(Extend(bits, size), 0, run + 1, size);
        }

        int blocks = (1 << run) + (run == 0 ? 0 : (int)(bits >> (64 - run)));
        return run > room || blocks > MaxBlocks ? null : Step(0, blocks, EndOfBand, run);
    });

    /// <summary>The value of the coefficient, or of the difference.</summary>
    public static int Value(uint step) => (int)step >> ValueShift;

    /// <summary>At the end of a band, how many blocks it ends in.</summary>
    public static int Blocks(uint step) => (int)(step >> BlocksShift) & MaxBlocks;

    /// <summary>How many coefficients are passed, or <see cref="EndOfBand"/>.</summary>
    public static int Advance(uint step) => (byte)(step >> AdvanceShift);

    /// <summary>Bits taken.</summary>
    public static int Bits(uint step) => (int)step & 63;

    private static uint Step(int value, int blocks, int advance, int bits) =>
        ((uint)value << ValueShift) | ((uint)blocks << BlocksShift) | ((uint)advance << AdvanceShift) | (uint)bits;

    private static int Extend(ulong bits, int size) => size == 0 ? 0 : HuffmanTable.Extend((int)(bits >> (64 - size)), size);

    /// <summary>Makes a table.</summary>
    /// <param name="table">The Huffman table.</param>
    /// <param name="step">From a symbol, the left-aligned bits behind it and how many of them can be seen to the step, but for the code's bits.</param>
    private static uint[] Resolve(HuffmanTable table, Func<int, ulong, int, uint?> step)
    {
        uint[] steps = new uint[1 << LookupBits];
        for (int i = 0; i < steps.Length; i++)
        {
            ulong bits = (ulong)i << (64 - LookupBits);
            int symbol = table.Find(bits, out int length);
            if (symbol >= 0 && length <= LookupBits)
            {
                uint? found = step(symbol, bits << length, LookupBits - length);
                steps[i] = found + (uint)length ?? 0;
            }
        }

        return steps;
    }
}
