using System.Numerics;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>A scan to write: all components in interleaved MCUs, or one alone (T.81 B.2.3).</summary>
/// <param name="Components">Indices of its components, from 0.</param>
/// <param name="SpectralStart">Ss: the first coefficient of the band, in zig-zag order.</param>
/// <param name="SpectralEnd">Se: the last coefficient of the band.</param>
/// <param name="Symbols">Its entropy-coded data before coding.</param>
internal sealed record EncoderScan(int[] Components, int SpectralStart, int SpectralEnd, ScanSymbols Symbols)
{
    private const int Zrl = 0xF0; // sixteen zeros
    private const int EndOfBlock = 0;
    private const int MaxEndOfBandRun = 0x7FFF;

    /// <summary>The one scan of a baseline frame (T.81 F.1.2).</summary>
    public static EncoderScan[] Baseline(EncoderComponent[] components)
    {
        var symbols = new ScanSymbols(components.Sum(c => c.Coefficients.Length) / 4);
        Interleave(components, symbols, AddAc);
        return [new EncoderScan(All(components), 0, 63, symbols)];
    }

    /// <summary>
    /// The scans of a progressive frame, by spectral selection alone (T.81 G.1.1.1.1): DC of all components, the lowest AC coefficients of Y,
    /// Cb and Cr, the remaining AC coefficients of Y.
    /// </summary>
    public static EncoderScan[] Progressive(EncoderComponent[] components)
    {
        const int LastOfFirstBand = 5;
        var dc = new ScanSymbols(components.Sum(c => c.Coefficients.Length) / 64);
        Interleave(components, dc, static (_, _, _) => { });
        return
        [
            new EncoderScan(All(components), 0, 0, dc),
            Band(components, 0, 1, LastOfFirstBand),
            .. Array.ConvertAll(All(components)[1..], i => Band(components, i, 1, 63)),
            Band(components, 0, LastOfFirstBand + 1, 63),
        ];
    }

    private static int[] All(EncoderComponent[] components) => components.Length == 1 ? [0] : [0, 1, 2];

    /// <summary>Visits all MCUs, of one block of each component: adds the DC difference of each and calls <paramref name="addAc"/>.</summary>
    private static void Interleave(EncoderComponent[] components, ScanSymbols symbols, BlockAction addAc)
    {
        Span<int> predictions = stackalloc int[components.Length];
        for (int mcu = 0; mcu < components[0].Blocks; mcu++)
        {
            for (int i = 0; i < components.Length; i++)
            {
                EncoderComponent component = components[i];
                ReadOnlySpan<short> block = component.Block(mcu);
                symbols.AddCoefficient(ScanSymbols.DcTable(component.Table), 0, block[0] - predictions[i]);
                predictions[i] = block[0];
                addAc(symbols, ScanSymbols.AcTable(component.Table), block);
            }
        }
    }

    /// <summary>Adds all AC coefficients of a block (T.81 F.1.2.2).</summary>
    private static void AddAc(ScanSymbols symbols, int table, ReadOnlySpan<short> block)
    {
        if (AddBand(symbols, table, block, NonZero(block) & ~1UL, 1, 63))
        {
            symbols.Add(table, EndOfBlock, 0, 0);
        }
    }

    /// <summary>Adds the nonzero coefficients of a band.</summary>
    /// <param name="symbols">Receives them.</param>
    /// <param name="table">Number of the AC table.</param>
    /// <param name="block">64 coefficients in zig-zag order.</param>
    /// <param name="nonZero">One bit per coefficient, lowest first: set if it is not 0. No bit outside the band is set.</param>
    /// <param name="first">The first coefficient of the band.</param>
    /// <param name="last">The last coefficient of the band.</param>
    /// <returns>True if the band ends with zeros.</returns>
    private static bool AddBand(ScanSymbols symbols, int table, ReadOnlySpan<short> block, ulong nonZero, int first, int last)
    {
        // Jumps from one nonzero coefficient to the next by the bits, because four of five are 0.
        int next = first;
        for (; nonZero != 0; nonZero &= nonZero - 1)
        {
            int k = BitOperations.TrailingZeroCount(nonZero);
            int run = k - next;
            for (; run > 15; run -= 16)
            {
                symbols.Add(table, Zrl, 0, 0);
            }

            symbols.AddCoefficient(table, run, block[k]);
            next = k + 1;
        }

        return next <= last;
    }

    /// <summary>One bit per coefficient, lowest first: set if it is not 0.</summary>
    public static ulong NonZero(ReadOnlySpan<short> block)
    {
        ulong zero = 0;
        for (int k = 0; k < 64; k += 16)
        {
            Vector128<short> first = Vector128.Equals(Vector128.Create(block.Slice(k, 8)), Vector128<short>.Zero);
            Vector128<short> second = Vector128.Equals(Vector128.Create(block.Slice(k + 8, 8)), Vector128<short>.Zero);
            zero |= (ulong)Vector128.Narrow(first, second).ExtractMostSignificantBits() << k;
        }

        return ~zero;
    }

    /// <summary>A band of the AC coefficients of one component (T.81 G.1.2.2): one symbol ends the band in a run of blocks.</summary>
    private static EncoderScan Band(EncoderComponent[] components, int index, int first, int last)
    {
        EncoderComponent component = components[index];
        int table = ScanSymbols.AcTable(component.Table);
        var symbols = new ScanSymbols(component.Coefficients.Length / 4);
        ulong band = (ulong.MaxValue >> (63 - last)) & (ulong.MaxValue << first);
        int endOfBandRun = 0;
        for (int b = 0; b < component.Blocks; b++)
        {
            ReadOnlySpan<short> block = component.Block(b);
            ulong nonZero = NonZero(block) & band;
            if (nonZero != 0 || endOfBandRun == MaxEndOfBandRun)
            {
                AddEndOfBandRun(symbols, table, ref endOfBandRun);
            }

            endOfBandRun += AddBand(symbols, table, block, nonZero, first, last) ? 1 : 0;
        }

        AddEndOfBandRun(symbols, table, ref endOfBandRun);
        return new EncoderScan([index], first, last, symbols);
    }

    private static void AddEndOfBandRun(ScanSymbols symbols, int table, ref int run)
    {
        if (run > 0)
        {
            int size = BitOperations.Log2((uint)run);
            symbols.Add(table, size << 4, size, run);
            run = 0;
        }
    }

    private delegate void BlockAction(ScanSymbols symbols, int table, ReadOnlySpan<short> block);
}
