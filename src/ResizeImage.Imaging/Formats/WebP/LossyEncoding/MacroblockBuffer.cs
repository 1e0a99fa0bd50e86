using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The samples of the macroblock that is encoded, before the loop filter, with the neighbors that predict it (RFC 6386, 12). Rows have 32 bytes:
/// <code>
/// column    7      8 … 15    16 … 23    24 … 27                column    7      8 … 15    23     24 … 31
/// row 0     corner above     above      above to the right     row 17    corner above U   corner above V
/// row 1…16  left   luma      luma       (above, again)         row 18…25 left   U         left   V
/// </code>
/// </summary>
internal sealed class MacroblockBuffer
{
    private const int LumaSize = Macroblock.LumaSize;
    private const int ChromaSize = Macroblock.ChromaSize;
    private const int Stride = 32;
    private const int Y = Stride + 8;
    private const int U = Y + (17 * Stride);
    private const int V = U + 16;
    private const byte BeyondLeft = 129;
    private const byte BeyondTop = 127;

    private readonly byte[] _samples = new byte[26 * Stride];

    /// <summary>Fills a row with the samples that stand above the first row of macroblocks.</summary>
    public static void FillAbove(Span<byte> row) => row.Fill(BeyondTop);

    /// <summary>Prepares for the first macroblock of a row.</summary>
    public void StartRow(bool isFirst)
    {
        // In the rightmost columns, from which the next macroblock takes its left neighbors.
        byte corner = isFirst ? BeyondTop : BeyondLeft;
        FillColumn(Y + LumaSize - 1, LumaSize, corner);
        FillColumn(U + ChromaSize - 1, ChromaSize, corner);
        FillColumn(V + ChromaSize - 1, ChromaSize, corner);
    }

    /// <summary>Moves one macroblock to the right.</summary>
    /// <param name="y">The luma samples above.</param>
    /// <param name="aboveRight">Four more to the right of them.</param>
    /// <param name="u">The U samples above.</param>
    /// <param name="v">The V samples above.</param>
    public void MoveTo(ReadOnlySpan<byte> y, uint aboveRight, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v)
    {
        MoveColumn(Y - 1, LumaSize, LumaSize);
        MoveColumn(U - 1, ChromaSize, ChromaSize);
        MoveColumn(V - 1, ChromaSize, ChromaSize);
        y.CopyTo(_samples.AsSpan(Y - Stride, LumaSize));
        u.CopyTo(_samples.AsSpan(U - Stride, ChromaSize));
        v.CopyTo(_samples.AsSpan(V - Stride, ChromaSize));

        // All subblocks of the last column use the samples above the macroblock.
        for (int row = -1; row < LumaSize - 1; row += 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_samples.AsSpan(Y + LumaSize + (row * Stride)), aboveRight);
        }
    }

    /// <summary>Makes luma from one prediction for the whole macroblock.</summary>
    /// <param name="mode">One of the four for macroblocks.</param>
    /// <param name="hasAbove">The macroblock is not in the first row of the image.</param>
    /// <param name="hasLeft">The macroblock is not in the first column.</param>
    /// <param name="kinds">See <see cref="Residual.Kinds"/>.</param>
    /// <param name="coefficients">See <see cref="Residual.Coefficients"/>.</param>
    public void MakeLuma(PredictionMode mode, bool hasAbove, bool hasLeft, ulong kinds, ReadOnlySpan<short> coefficients)
    {
        UncheckedSpan<byte> samples = new(_samples);
        MacroblockPrediction.Luma(samples, Y, Stride, mode, hasAbove, hasLeft);
        BlockSamples.Add(samples, Y, Stride, 4, (uint)kinds, coefficients);
    }

    /// <summary>The neighbors of a luma subblock as <see cref="SubblockPrediction.Predict"/> expects them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> EdgeOf(int block) => SubblockPrediction.EdgeOf(new(_samples), LumaAt(block), Stride);

    /// <summary>Makes a luma subblock.</summary>
    /// <param name="block">0 to 15.</param>
    /// <param name="prediction">Its prediction.</param>
    /// <param name="kind">0 no coefficients, 1 only DC, 2 more.</param>
    /// <param name="coefficients">Sixteen, dequantized, in rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MakeSubblock(int block, Vector128<byte> prediction, uint kind, ReadOnlySpan<short> coefficients) =>
        BlockSamples.Store(new(_samples), LumaAt(block), Stride, BlockSamples.Add(prediction, kind, coefficients));

    /// <summary>Makes both chroma planes.</summary>
    /// <param name="mode">One of the four for macroblocks.</param>
    /// <param name="hasAbove">The macroblock is not in the first row of the image.</param>
    /// <param name="hasLeft">The macroblock is not in the first column.</param>
    /// <param name="kinds">See <see cref="Residual.Kinds"/>.</param>
    /// <param name="coefficients">See <see cref="Residual.Coefficients"/>.</param>
    public void MakeChroma(PredictionMode mode, bool hasAbove, bool hasLeft, ulong kinds, ReadOnlySpan<short> coefficients)
    {
        UncheckedSpan<byte> samples = new(_samples);
        MacroblockPrediction.Chroma(samples, U, Stride, mode, hasAbove, hasLeft);
        MacroblockPrediction.Chroma(samples, V, Stride, mode, hasAbove, hasLeft);
        BlockSamples.Add(samples, U, Stride, 2, (byte)(kinds >> 32), coefficients[(16 * Residual.BlockSize)..]);
        BlockSamples.Add(samples, V, Stride, 2, (byte)(kinds >> 40), coefficients[(20 * Residual.BlockSize)..]);
    }

    /// <summary>The sixteen luma samples above the macroblock, and the one in the corner before them.</summary>
    public ReadOnlySpan<byte> LumaAbove => _samples.AsSpan(Y - Stride - 1, LumaSize + 1);

    /// <summary>The eight samples of U above the macroblock, and the one in the corner before them.</summary>
    public ReadOnlySpan<byte> UAbove => _samples.AsSpan(U - Stride - 1, ChromaSize + 1);

    /// <summary>The eight samples of V above the macroblock, and the one in the corner before them.</summary>
    public ReadOnlySpan<byte> VAbove => _samples.AsSpan(V - Stride - 1, ChromaSize + 1);

    /// <summary>Sixteen samples of a luma row.</summary>
    public ReadOnlySpan<byte> LumaRow(int row) => _samples.AsSpan(Y + (row * Stride), LumaSize);

    /// <summary>Eight samples of a row of U.</summary>
    public ReadOnlySpan<byte> URow(int row) => _samples.AsSpan(U + (row * Stride), ChromaSize);

    /// <summary>Eight samples of a row of V.</summary>
    public ReadOnlySpan<byte> VRow(int row) => _samples.AsSpan(V + (row * Stride), ChromaSize);

    /// <summary>The luma sample to the left of a row.</summary>
    public byte LumaLeft(int row) => _samples[Y - 1 + (row * Stride)];

    /// <summary>The sample of U to the left of a row.</summary>
    public byte ULeft(int row) => _samples[U - 1 + (row * Stride)];

    /// <summary>The sample of V to the left of a row.</summary>
    public byte VLeft(int row) => _samples[V - 1 + (row * Stride)];

    private static int LumaAt(int block) => Y + ((block >> 2) * 4 * Stride) + ((block & 3) * 4);

    private void FillColumn(int at, int rows, byte corner)
    {
        _samples[at - Stride] = corner;
        for (int row = 0; row < rows; row++)
        {
            _samples[at + (row * Stride)] = BeyondLeft;
        }
    }

    /// <summary>The rightmost column, and the corner above it, become the left neighbors.</summary>
    private void MoveColumn(int to, int distance, int rows)
    {
        for (int row = -1; row < rows; row++)
        {
            int at = to + (row * Stride);
            _samples[at] = _samples[at + distance];
        }
    }
}
