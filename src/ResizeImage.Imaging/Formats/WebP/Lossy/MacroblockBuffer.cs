using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The samples of the current macroblock before the loop filter, with the neighbors that predict it (RFC 6386, 12). Rows have 32 bytes:
/// <code>
/// column    7      8 … 15    16 … 23    24 … 27                column    7      8 … 15    23     24 … 31
/// row 0     corner above     above      above to the right     row 17    corner above U   corner above V
/// row 1…16  left   luma      luma       (above, again)         row 18…25 left   U         left   V
/// </code>
/// </summary>
internal sealed class MacroblockBuffer
{
    public const int LumaSize = 16;
    public const int ChromaSize = 8;

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
        MacroblockPrediction.Predict(_samples, Y, Stride, LumaSize, mode, hasAbove, hasLeft);
        uint ofLuma = (uint)kinds;
        for (int block = 0; ofLuma != 0; block++, ofLuma >>= 2)
        {
            AddResidual(LumaAt(block), ofLuma & 3, coefficients.Slice(block * Residual.BlockSize, Residual.BlockSize));
        }
    }

    /// <summary>Makes luma subblock by subblock.</summary>
    public void MakeLuma(ReadOnlySpan<byte> modes, Residual residual)
    {
        uint kinds = (uint)residual.Kinds;
        modes = modes[..16];
        for (int block = 0; block < modes.Length; block++, kinds >>= 2)
        {
            (uint left, ulong corner, byte last) = EdgeOf(block);
            Vector128<byte> made = SubblockPrediction.Predict((PredictionMode)modes[block], left, corner, last);
            MakeSubblock(block, made, kinds & 3, residual.Coefficients.Slice(block * Residual.BlockSize, Residual.BlockSize));
        }
    }

    /// <summary>The neighbors of a luma subblock as <see cref="SubblockPrediction.Predict"/> expects them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (uint Left, ulong Corner, byte Last) EdgeOf(int block)
    {
        ReadOnlySpan<byte> around = _samples.AsSpan(LumaAt(block) - Stride - 1, (4 * Stride) + 1);
        uint left = around[4 * Stride] | ((uint)around[3 * Stride] << 8) | ((uint)around[2 * Stride] << 16) | ((uint)around[Stride] << 24);
        return (left, BinaryPrimitives.ReadUInt64LittleEndian(around), around[8]);
    }

    /// <summary>Makes a luma subblock.</summary>
    /// <param name="block">0 to 15.</param>
    /// <param name="prediction">Its prediction.</param>
    /// <param name="kind">0 no coefficients, 1 only DC, 2 more.</param>
    /// <param name="coefficients">Sixteen, dequantized, in rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MakeSubblock(int block, Vector128<byte> prediction, uint kind, ReadOnlySpan<short> coefficients) =>
        Store(LumaAt(block), Add(prediction, kind, coefficients));

    /// <summary>Makes both chroma planes.</summary>
    /// <param name="mode">One of the four for macroblocks.</param>
    /// <param name="hasAbove">The macroblock is not in the first row of the image.</param>
    /// <param name="hasLeft">The macroblock is not in the first column.</param>
    /// <param name="kinds">See <see cref="Residual.Kinds"/>.</param>
    /// <param name="coefficients">See <see cref="Residual.Coefficients"/>.</param>
    public void MakeChroma(PredictionMode mode, bool hasAbove, bool hasLeft, ulong kinds, ReadOnlySpan<short> coefficients)
    {
        MacroblockPrediction.Predict(_samples, U, Stride, ChromaSize, mode, hasAbove, hasLeft);
        MacroblockPrediction.Predict(_samples, V, Stride, ChromaSize, mode, hasAbove, hasLeft);
        uint ofChroma = (uint)(kinds >> 32);
        for (int block = 0; ofChroma != 0; block++, ofChroma >>= 2)
        {
            int at = ((block & 4) == 0 ? U : V) + ((block & 2) * 2 * Stride) + ((block & 1) * 4);
            AddResidual(at, ofChroma & 3, coefficients.Slice((16 + block) * Residual.BlockSize, Residual.BlockSize));
        }
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

    private void AddResidual(int at, uint kind, ReadOnlySpan<short> coefficients)
    {
        if (kind != 0)
        {
            Store(at, Add(Load(at), kind, coefficients));
        }
    }

    private static Vector128<byte> Add(Vector128<byte> samples, uint kind, ReadOnlySpan<short> coefficients) => kind switch
    {
        0 => samples,
        1 => InverseDct4.AddDc(samples, coefficients[0]),
        _ => InverseDct4.Add(samples, coefficients),
    };

    private Vector128<byte> Load(int at)
    {
        ReadOnlySpan<byte> rows = _samples.AsSpan(at, (3 * Stride) + 4);
        return Vector128.Create(
            MemoryMarshal.Read<uint>(rows),
            MemoryMarshal.Read<uint>(rows[Stride..]),
            MemoryMarshal.Read<uint>(rows[(2 * Stride)..]),
            MemoryMarshal.Read<uint>(rows[(3 * Stride)..])).AsByte();
    }

    private void Store(int at, Vector128<byte> samples)
    {
        Span<byte> rows = _samples.AsSpan(at, (3 * Stride) + 4);
        Vector128<uint> four = samples.AsUInt32();
        MemoryMarshal.Write(rows, four.GetElement(0));
        MemoryMarshal.Write(rows[Stride..], four.GetElement(1));
        MemoryMarshal.Write(rows[(2 * Stride)..], four.GetElement(2));
        MemoryMarshal.Write(rows[(3 * Stride)..], four.GetElement(3));
    }

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
