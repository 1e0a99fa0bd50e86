namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>What prediction modes cost, in 256ths of a bit, and how they are written (RFC 6386, 8.2 and 11).</summary>
internal static class ModeCosts
{
    private const int Modes = 10;
    private const int Branches = 9;

    // Probabilities of the branches of the trees of RFC 6386, 11.2 and 8.2: not by subblocks; not DC or vertical; not DC; not horizontal.
    private const int NotSubblocks = 145;
    private const int LumaSecond = 156;
    private const int LumaNotDc = 163;
    private const int LumaTm = 128;

    // Of chroma: not DC; not vertical; not horizontal.
    private const int ChromaNotDc = 142;
    private const int ChromaNotVertical = 114;
    private const int ChromaTm = 183;

    /// <summary>
    /// The way to each subblock mode in the tree of RFC 6386, 11.2: pairs of a branch and the bit there, the branch in the high four bits. The
    /// numbers of the branches are those of their probabilities.
    /// </summary>
    private static readonly byte[][] SubblockPaths =
    [
        [0x00],
        [0x01, 0x10],
        [0x01, 0x11, 0x20],
        [0x01, 0x11, 0x21, 0x30, 0x40],
        [0x01, 0x11, 0x21, 0x30, 0x41, 0x50],
        [0x01, 0x11, 0x21, 0x30, 0x41, 0x51],
        [0x01, 0x11, 0x21, 0x31, 0x60],
        [0x01, 0x11, 0x21, 0x31, 0x61, 0x70],
        [0x01, 0x11, 0x21, 0x31, 0x61, 0x71, 0x80],
        [0x01, 0x11, 0x21, 0x31, 0x61, 0x71, 0x81],
    ];

    // After the paths, which it uses.
    private static readonly ushort[] Subblock = ComputeSubblock();

    /// <summary>
    /// What modes of subblocks may cost in an image, so that the first partition, with all modes, keeps the size that RFC 6386, 9.1 gives it.
    /// Noise of 4096 × 4096 pixels comes close to it.
    /// </summary>
    /// <param name="macroblocks">Macroblocks of the image; each has at most 12 bits of other modes.</param>
    public static long BudgetOfSubblocks(int macroblocks)
    {
        const int HeaderBytes = 4096;
        const int OtherBits = 12;
        return ((8L * (FrameWriter.MaxFirstPartition - HeaderBytes)) - ((long)OtherBits * macroblocks)) * BitCost.Unit;
    }

    /// <summary>The cost of prediction by subblocks, without their modes.</summary>
    public static int BySubblocks => BitCost.False(NotSubblocks);

    /// <summary>The cost of a mode for the luma of a macroblock.</summary>
    public static int OfLuma(PredictionMode mode)
    {
        int cost = BitCost.True(NotSubblocks);
        return mode switch
        {
            PredictionMode.Dc => cost + BitCost.False(LumaSecond) + BitCost.False(LumaNotDc),
            PredictionMode.Vertical => cost + BitCost.False(LumaSecond) + BitCost.True(LumaNotDc),
            PredictionMode.Horizontal => cost + BitCost.True(LumaSecond) + BitCost.False(LumaTm),
            _ => cost + BitCost.True(LumaSecond) + BitCost.True(LumaTm),
        };
    }

    /// <summary>The cost of a mode for chroma.</summary>
    public static int OfChroma(PredictionMode mode) => mode switch
    {
        PredictionMode.Dc => BitCost.False(ChromaNotDc),
        PredictionMode.Vertical => BitCost.True(ChromaNotDc) + BitCost.False(ChromaNotVertical),
        PredictionMode.Horizontal => BitCost.True(ChromaNotDc) + BitCost.True(ChromaNotVertical) + BitCost.False(ChromaTm),
        _ => BitCost.True(ChromaNotDc) + BitCost.True(ChromaNotVertical) + BitCost.True(ChromaTm),
    };

    /// <summary>The costs of the ten modes of a subblock between the modes above and to the left.</summary>
    public static ReadOnlySpan<ushort> OfSubblock(int above, int left) => Subblock.AsSpan(((above * Modes) + left) * Modes, Modes);

    /// <summary>Writes the mode of a macroblock's luma.</summary>
    public static void WriteLuma(BoolEncoder output, PredictionMode mode)
    {
        output.Write(true, NotSubblocks);
        bool second = mode is PredictionMode.Tm or PredictionMode.Horizontal;
        output.Write(second, LumaSecond);
        output.Write(second ? mode == PredictionMode.Tm : mode == PredictionMode.Vertical, second ? LumaTm : LumaNotDc);
    }

    /// <summary>Writes that luma is predicted by subblocks; their modes follow.</summary>
    public static void WriteBySubblocks(BoolEncoder output) => output.Write(false, NotSubblocks);

    /// <summary>Writes the mode of a subblock between the modes above and to the left.</summary>
    public static void WriteSubblock(BoolEncoder output, int mode, int above, int left)
    {
        ReadOnlySpan<byte> probabilities = MacroblockModes.SubblockProbabilities.Slice(((above * Modes) + left) * Branches, Branches);
        foreach (byte step in SubblockPaths[mode])
        {
            output.Write((step & 1) != 0, probabilities[step >> 4]);
        }
    }

    /// <summary>Writes the mode of chroma.</summary>
    public static void WriteChroma(BoolEncoder output, PredictionMode mode)
    {
        output.Write(mode != PredictionMode.Dc, ChromaNotDc);
        if (mode != PredictionMode.Dc)
        {
            output.Write(mode != PredictionMode.Vertical, ChromaNotVertical);
            if (mode != PredictionMode.Vertical)
            {
                output.Write(mode == PredictionMode.Tm, ChromaTm);
            }
        }
    }

    private static ushort[] ComputeSubblock()
    {
        ushort[] costs = new ushort[Modes * Modes * Modes];
        for (int i = 0; i < costs.Length; i++)
        {
            ReadOnlySpan<byte> probabilities = MacroblockModes.SubblockProbabilities.Slice(i / Modes * Branches, Branches);
            foreach (byte step in SubblockPaths[i % Modes])
            {
                costs[i] += (ushort)BitCost.Of((step & 1) != 0, probabilities[step >> 4]);
            }
        }

        return costs;
    }
}
