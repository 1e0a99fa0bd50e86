using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The entropy-coded data of a scan as a machine that looks at the next <see cref="LookupBits"/> bits, takes some, and goes to another state
/// (T.81 F.2.2). A state says which block of the MCU is being read, and how many of its coefficients have been: block × StatesOfBlock + k.
/// Everything that a step decides is looked up, so that nothing is left for the processor to predict: see <see cref="Lane"/>.
/// </summary>
internal sealed class StepTable
{
    /// <summary>Bits that a step looks at.</summary>
    public const int LookupBits = 12;

    /// <summary>The most bits that a step takes: those looked at, and additional bits of the last code.</summary>
    public const int MaxBitsOfStep = 27;

    /// <summary>States that belong to a block: the first 64 are stood in, the others are on the way from one to the next.</summary>
    public const int StatesOfBlock = 256;

    /// <summary>A state with this bit cannot be: the look-up saw too little, or more than the rest of the block.</summary>
    public const int Unresolved = 64;

    /// <summary>A state with this bit stands for the start of the next block.</summary>
    public const int BlockEnded = 128;

    private const int AdvanceShift = 24;
    private const int SizeShift = 8;

    /// <param name="blocks">The tables of the blocks of an MCU, in order.</param>
    /// <param name="lastCoefficient">The last coefficient that is wanted; those behind it are passed over several at a time.</param>
    public StepTable((HuffmanTable Dc, HuffmanTable Ac)[] blocks, int lastCoefficient)
    {
        Blocks = blocks[..Period(blocks)];
        LastCoefficient = lastCoefficient;
        uint[] transitions = new uint[2 * Blocks.Length * StatesOfBlock];
        var steps = new List<uint>(6 << LookupBits); // as many as the blocks of a color picture have
        var tables = new Dictionary<(HuffmanTable, int), uint>();
        for (int state = 0; state < Blocks.Length * StatesOfBlock; state++)
        {
            int k = state % StatesOfBlock;
            int next = k < BlockEnded ? state : ((state / StatesOfBlock) + 1) % Blocks.Length * StatesOfBlock;
            int place = k is 0 or > 63 ? EndPlace : Math.Min(k - 1, EndPlace);
            transitions[2 * state] = ((uint)(k < BlockEnded ? 0 : PlacesOfBlock) << 24) | ((uint)place << 16) | (uint)next;
            transitions[(2 * state) + 1] = k is < Unresolved or >= BlockEnded ? (uint)transitions.Length + StepsOf(next, steps, tables) : 0;
        }

        Machine = [.. transitions, .. steps];
    }

    /// <summary>The Huffman tables of the blocks whose order repeats; fewer than an MCU has where all of them use the same.</summary>
    public (HuffmanTable Dc, HuffmanTable Ac)[] Blocks { get; }

    /// <summary>The last coefficient that is wanted, in zig-zag order.</summary>
    public int LastCoefficient { get; }

    /// <summary>Place in a block's record of what is not wanted. After the block's last step, that step is there.</summary>
    public int EndPlace => LastCoefficient + 1;

    /// <summary>Places in a block's record.</summary>
    public int PlacesOfBlock => LastCoefficient + 2;

    /// <summary>All tables in one, so that one register tells where they are.</summary>
    public uint[] Machine { get; }

    /// <summary>
    /// What there is to know when a step has led to a state: where the steps of the next state begin × 2³², places to go on in the records × 2²⁴,
    /// place of the coefficient in its record × 2¹⁶, next state. In one piece, for a step waits for what this look-up gives.
    /// </summary>
    /// <param name="machine">The first element of <see cref="Machine"/>.</param>
    /// <param name="state">The state to which the step leads.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Transition(ref uint machine, int state) => Unchecked.Pair(ref machine, state);

    /// <summary>The step from a state.</summary>
    /// <param name="machine">The first element of <see cref="Machine"/>.</param>
    /// <param name="transition">The transition that led there.</param>
    /// <param name="bits">The next bits, left-aligned.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StepFrom(ref uint machine, ulong transition, ulong bits) =>
        Unchecked.At(ref machine, (int)((uint)(transition >> 32) + (uint)(bits >> (64 - LookupBits))));

    /// <summary>The state in which the block after that of a state begins.</summary>
    public int NextBlock(int state) => (ushort)Machine[2 * (state | BlockEnded)];

    /// <summary>A step: how far it leads to another state × 2²⁴, size of the additional bits × 2⁸, bits taken.</summary>
    public static uint Step(int advance, int size, int bits) => ((uint)advance << AdvanceShift) | ((uint)size << SizeShift) | (uint)bits;

    /// <summary>How far a step leads to another state.</summary>
    public static int Advance(uint step) => (int)(step >> AdvanceShift);

    /// <summary>How many of the bits that a step took, the last ones, are the additional bits of the coefficient.</summary>
    public static int Size(uint step) => (byte)(step >> SizeShift);

    /// <summary>Bits that a step took.</summary>
    public static int Bits(uint step) => (byte)step;

    /// <summary>Where in <paramref name="steps"/> the steps of a state begin; those of other states with the same table are the same.</summary>
    private uint StepsOf(int state, List<uint> steps, Dictionary<(HuffmanTable, int), uint> tables)
    {
        (HuffmanTable dc, HuffmanTable ac) = Blocks[state / StatesOfBlock];
        int k = state % StatesOfBlock;
        (HuffmanTable Table, int Kind) key = k == 0 ? (dc, 0) : (ac, k <= LastCoefficient ? 1 : 2);
        if (!tables.TryGetValue(key, out uint start))
        {
            start = (uint)steps.Count;
            tables.Add(key, start);
            steps.AddRange(key.Kind switch { 0 => DcSteps(dc), 1 => AcSteps(ac), _ => SkippingSteps(ac) });
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

    /// <summary>As many AC steps at once as can be told from the bits looked at: about two.</summary>
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

    private static int AdvanceOf(int acSymbol) => (acSymbol & 15) == 0 && acSymbol != 0xF0 ? BlockEnded : (acSymbol >> 4) + 1;

    /// <summary>After how many blocks the tables repeat.</summary>
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
