namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Lookup tables for the first scans of progressive frames, indexed by the next <see cref="LookupBits"/> bits, which are a code and its
/// additional bits. A step is 0 if the code is invalid or needs more bits.
/// <code>
/// 31           20 19        14 13       6 5       0
/// | value of the | end of band:| advance  | bits   |
/// | coefficient  | blocks      |          |        |
/// </code>
/// </summary>
internal static class ProgressiveSteps
{
    /// <summary>Bits that index a table. A table has 16 KiB, which leaves room for the data in the L1 cache.</summary>
    public const int LookupBits = 12;

    /// <summary>The advance of a step that ends the band in one block or in a run of blocks.</summary>
    public const int EndOfBand = 128;

    /// <summary>The longest run of blocks in the tables.</summary>
    public const int MaxBlocks = 63;

    private const int ValueShift = 20;
    private const int BlocksShift = 14;
    private const int AdvanceShift = 6;

    /// <summary>Steps for a first scan of DC coefficients (T.81 G.1.2.1).</summary>
    public static uint[] Dc(HuffmanTable table) => Resolve(table, (size, bits, room) =>
        size > room ? null : Step(Extend(bits, size), 0, 0, size));

    /// <summary>Steps for a first scan of AC coefficients (T.81 G.1.2.2).</summary>
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

    /// <summary>The value of the coefficient, or the DC difference.</summary>
    public static int Value(uint step) => (int)step >> ValueShift;

    /// <summary>At the end of a band, the number of blocks in which it ends.</summary>
    public static int Blocks(uint step) => (int)(step >> BlocksShift) & MaxBlocks;

    /// <summary>Coefficients to advance by, or <see cref="EndOfBand"/>.</summary>
    public static int Advance(uint step) => (byte)(step >> AdvanceShift);

    /// <summary>Bits that the step consumes.</summary>
    public static int Bits(uint step) => (int)step & 63;

    private static uint Step(int value, int blocks, int advance, int bits) =>
        ((uint)value << ValueShift) | ((uint)blocks << BlocksShift) | ((uint)advance << AdvanceShift) | (uint)bits;

    private static int Extend(ulong bits, int size) => size == 0 ? 0 : HuffmanTable.Extend((int)(bits >> (64 - size)), size);

    /// <summary>
    /// Builds a table. <paramref name="step"/> gets a symbol, the left-aligned bits after its code, and how many of those bits the index has; it
    /// returns the step without the length of the code.
    /// </summary>
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
