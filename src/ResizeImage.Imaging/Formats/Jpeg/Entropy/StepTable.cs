using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Huffman decoding (T.81 F.2.2) as a finite-state machine: a step looks at the next <see cref="LookupBits"/> bits, consumes some, and leads to
/// another state, block of the MCU × StatesOfBlock + coefficients of the block read so far. Everything that a step decides comes from tables, so
/// that the processor has nothing to predict (<see cref="DecodeLane"/>).
/// </summary>
/// <remarks>
/// An example with the luminance AC codes of T.81 table K.5, in state k = 1, before the first AC coefficient:
/// <code>
/// next 12 bits   1 1 0 1 1 | 0 1 | 1 0 1 0 | x
///                run 1,      -2    end of
///                size 2            block
/// </code>
/// The step for these bits has advance 2 (one zero and the value, so k = 3 would be next) and 128 (<see cref="BlockEnded"/>), size 2, 5 bits
/// of the code before the 2 additional ones, and 11 bits in all. The value, EXTEND(01, 2) = -2, is not in the table: the record keeps the bits,
/// and the consumer makes the value of them if it wants the coefficient. An end of block that is not seen together with the value before it is
/// a step of its own: a zero, advance 1 + 128. Where no more coefficients are wanted, a step covers several values, too.
/// </remarks>
internal sealed class StepTable
{
    /// <summary>Bits that index a table of steps.</summary>
    public const int LookupBits = 12;

    /// <summary>The most bits that a step consumes: those of the index, and additional bits of the last code.</summary>
    public const int MaxBitsOfStep = 27;

    /// <summary>States of a block: 64 between steps; the others are results of a step before its transition.</summary>
    public const int StatesOfBlock = 256;

    /// <summary>Marks a step that the table does not resolve: its code is longer than the index, or runs past the block.</summary>
    public const int Unresolved = 64;

    /// <summary>Marks the start of the next block.</summary>
    public const int BlockEnded = 128;

    /// <summary>Bits 8 to 15 of a step: the size of the additional bits.</summary>
    public const int SizeShift = 8;

    /// <summary>Bits 16 to 23 of a step: the bits consumed before the additional ones.</summary>
    public const int CodeShift = 16;

    private const int AdvanceShift = 24;

    /// <summary>The symbol EOB (T.81 F.1.2.2.1).</summary>
    private const byte EndOfBlock = 0;

    /// <param name="blocks">The tables of the blocks of an MCU, in order.</param>
    /// <param name="lastCoefficient">The last wanted coefficient in zig-zag order; steps after it skip several at a time.</param>
    public StepTable((HuffmanTable Dc, HuffmanTable Ac)[] blocks, int lastCoefficient)
    {
        Blocks = blocks[..Period(blocks)];
        LastCoefficient = lastCoefficient;
        uint[] transitions = new uint[2 * Blocks.Length * StatesOfBlock];
        var steps = new List<uint>(6 << LookupBits); // DC, wanted AC and skipped AC, each for luma and chroma
        var tables = new Dictionary<(HuffmanTable, int), uint>();
        for (int state = 0; state < Blocks.Length * StatesOfBlock; state++)
        {
            int k = state % StatesOfBlock;
            int next = k < BlockEnded ? state : ((state / StatesOfBlock) + 1) % Blocks.Length * StatesOfBlock;
            int read = k & ~BlockEnded;
            int place = read is 0 or > 63 ? EndPlace : Math.Min(read, EndPlace);
            transitions[2 * state] = ((uint)(k < BlockEnded ? 0 : PlacesOfBlock) << 24) | ((uint)place << 16) | (uint)next;
            transitions[(2 * state) + 1] = k is < Unresolved or >= BlockEnded ? (uint)transitions.Length + StepsOf(next, steps, tables) : 0;
        }

        Machine = [.. transitions, .. steps];
    }

    /// <summary>The Huffman tables of the shortest sequence of blocks that repeats within an MCU.</summary>
    public (HuffmanTable Dc, HuffmanTable Ac)[] Blocks { get; }

    /// <summary>The last wanted coefficient, in zig-zag order.</summary>
    public int LastCoefficient { get; }

    /// <summary>Index in a block's record where unwanted steps go. Coefficient k goes to index k + 1, because the block's end comes first.</summary>
    public int EndPlace => LastCoefficient + 2;

    /// <summary>Length of a block's record.</summary>
    public int PlacesOfBlock => LastCoefficient + 3;

    /// <summary>All tables in one array, so that one register holds their address.</summary>
    public uint[] Machine { get; }

    /// <summary>
    /// The transition of a step, in one word because the next step waits for this look-up:
    /// <code>
    /// 63            32 31         24 23        16 15        0
    /// | first step of  | length of   | index in   | next    |
    /// | the next state | the record, | the record | state   |
    /// |                | if it ends  |            |         |
    /// </code>
    /// </summary>
    /// <param name="machine">The first element of <see cref="Machine"/>.</param>
    /// <param name="length">Elements of <see cref="Machine"/>.</param>
    /// <param name="state">The result of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Transition(ref uint machine, int length, int state) => Unchecked.Pair(ref machine, length, state);

    /// <summary>The next step.</summary>
    /// <param name="machine">The first element of <see cref="Machine"/>.</param>
    /// <param name="length">Elements of <see cref="Machine"/>.</param>
    /// <param name="transition">The transition that led there.</param>
    /// <param name="bits">The next bits, left-aligned.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StepFrom(ref uint machine, int length, ulong transition, ulong bits) =>
        Unchecked.At(ref machine, length, (int)((uint)(transition >> 32) + (uint)(bits >> (64 - LookupBits))));

    /// <summary>The state in which the next block begins.</summary>
    public int NextBlock(int state) => (ushort)Machine[2 * (state | BlockEnded)];

    /// <summary>
    /// A step:
    /// <code>
    /// 31      24 23                16 15            8 7             0
    /// | advance | bits consumed      | size of the   | bits        |
    /// |         | before additional  | additional    | consumed    |
    /// |         | ones               | bits          |             |
    /// </code>
    /// </summary>
    public static uint Step(int advance, int size, int bits) =>
        ((uint)advance << AdvanceShift) | ((uint)(bits - size) << CodeShift) | ((uint)size << SizeShift) | (uint)bits;

    /// <summary>Coefficients that a step advances by, and <see cref="BlockEnded"/>.</summary>
    public static int Advance(uint step) => (int)(step >> AdvanceShift);

    /// <summary>How many of the bits of a step, the last ones, are the additional bits of its coefficient.</summary>
    public static int Size(uint step) => (byte)(step >> SizeShift);

    /// <summary>Bits that a step consumes.</summary>
    public static int Bits(uint step) => (byte)step;

    /// <summary>The index in <paramref name="steps"/> of a state's first step; states with the same table share them.</summary>
    private uint StepsOf(int state, List<uint> steps, Dictionary<(HuffmanTable, int), uint> tables)
    {
        (HuffmanTable dc, HuffmanTable ac) = Blocks[state / StatesOfBlock];
        int k = state % StatesOfBlock;
        (HuffmanTable Table, int Kind) key = k == 0 ? (dc, 0) : (ac, k <= LastCoefficient ? 1 : 2);
        if (!tables.TryGetValue(key, out uint start))
        {
            start = (uint)steps.Count;
            tables.Add(key, start);
            steps.AddRange(key.Kind switch { 0 => EndingSteps(DcSteps(dc), ac), 1 => EndingSteps(AcSteps(ac), ac), _ => SkippingSteps(ac) });
        }

        return start;
    }

    private static uint[] DcSteps(HuffmanTable table) => Steps(table, code => Step(1, code.Symbol, code.Length + code.Symbol));

    private static uint[] AcSteps(HuffmanTable table) =>
        Steps(table, code => Step(AdvanceOf(code.Symbol), code.Symbol & 15, code.Length + (code.Symbol & 15)));

    private static uint[] Steps(HuffmanTable table, Func<HuffmanCode, uint> step)
    {
        uint[] steps = new uint[1 << LookupBits];
        Array.Fill(steps, Step(Unresolved, 0, 0));
        foreach (HuffmanCode code in table.Codes)
        {
            int unused = LookupBits - code.Length;
            if (unused >= 0)
            {
                Array.Fill(steps, step(code), code.Bits << unused, 1 << unused);
            }
        }

        return steps;
    }

    /// <summary>Steps that take the end of the block along where the index shows it: of a flat photo, one step of two, and a tenth of the time.</summary>
    private static uint[] EndingSteps(uint[] steps, HuffmanTable ac)
    {
        HuffmanCode end = Array.Find(ac.Codes, code => code.Symbol == EndOfBlock);
        for (int bits = 0; bits < steps.Length; bits++)
        {
            uint step = steps[bits];
            int unused = LookupBits - Bits(step) - end.Length;
            if (end.Length > 0 && Advance(step) < Unresolved && unused >= 0 && ((bits >> unused) & ((1 << end.Length) - 1)) == end.Bits)
            {
                steps[bits] = step + ((uint)BlockEnded << AdvanceShift) + (uint)end.Length;
            }
        }

        return steps;
    }

    /// <summary>As many AC codes in one step as the index holds: about two.</summary>
    private static uint[] SkippingSteps(HuffmanTable table)
    {
        uint[] single = AcSteps(table);
        uint[] steps = new uint[single.Length];
        for (int bits = 0; bits < steps.Length; bits++)
        {
            int taken = 0;
            int advance = 0;
            while (advance < BlockEnded && taken < LookupBits)
            {
                uint step = single[(bits << taken) & (single.Length - 1)];
                bool seen = Bits(step) - Size(step) <= LookupBits - taken;
                int passed = advance + Advance(step);
                if (!seen || (passed & Unresolved) != 0 || taken + Bits(step) > MaxBitsOfStep)
                {
                    break;
                }

                taken += Bits(step);
                advance = passed;
            }

            steps[bits] = taken == 0 ? Step(Unresolved, 0, 0) : Step(advance, 0, taken);
        }

        return steps;
    }

    /// <summary>The end of the block is like a zero before it, so that its entry takes the place of no other coefficient.</summary>
    private static int AdvanceOf(int acSymbol) => (acSymbol & 15) == 0 && acSymbol != 0xF0 ? BlockEnded + 1 : (acSymbol >> 4) + 1;

    private static int Period((HuffmanTable Dc, HuffmanTable Ac)[] blocks)
    {
        int period = 1;
        while (blocks.Length % period != 0 || !blocks.AsSpan(period).SequenceEqual(blocks.AsSpan(..^period)))
        {
            period++;
        }

        return period;
    }
}
