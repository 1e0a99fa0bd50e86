using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>What the encoders of luma and chroma share about the current macroblock.</summary>
internal sealed class MacroblockState
{
    /// <summary>Blocks of <see cref="Source"/>.</summary>
    public const int SourceBlocks = 24;

    /// <summary>The reconstructed samples, with the neighbors that predict.</summary>
    public MacroblockBuffer Buffer { get; } = new();

    /// <summary>The DCT of the source: sixteen blocks of luma, four of U, four of V.</summary>
    public CoefficientBlock[] Source { get; } = new CoefficientBlock[SourceBlocks];

    /// <summary>What tokens cost at present.</summary>
    public TokenCosts Costs { get; } = new();

    /// <summary>The quantization of the macroblock's segment.</summary>
    public SegmentQuantizer Quantizer { get; set; } = null!;

    /// <summary>The macroblock is not in the first row of the image.</summary>
    public bool HasAbove { get; set; }

    /// <summary>The macroblock is not in the first column.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Dequantized coefficients as <see cref="Residual.Coefficients"/>.</summary>
    public short[] Coefficients { get; } = new short[SourceBlocks * Residual.BlockSize];

    /// <summary>Transforms the source samples of a macroblock.</summary>
    public void Load(SourcePlanes planes, int column, int row)
    {
        const int LumaSize = Macroblock.LumaSize;
        const int ChromaSize = Macroblock.ChromaSize;
        ReadOnlySpan<byte> y = planes.Y.AsSpan((row * LumaSize * planes.YStride) + (column * LumaSize));
        for (int block = 0; block < EncodedFrame.FirstChroma; block++)
        {
            Source[block] = CoefficientBlock.Transform(Load(y[(((block >> 2) * 4 * planes.YStride) + ((block & 3) * 4))..], planes.YStride));
        }

        int chroma = (row * ChromaSize * planes.ChromaStride) + (column * ChromaSize);
        for (int block = 0; block < 8; block++)
        {
            ReadOnlySpan<byte> plane = (block < 4 ? planes.U : planes.V).AsSpan(
                chroma + (((block >> 1) & 1) * 4 * planes.ChromaStride) + ((block & 1) * 4));
            Source[EncodedFrame.FirstChroma + block] = CoefficientBlock.Transform(Load(plane, planes.ChromaStride));
        }
    }

    /// <summary>Dequantizes a block into <see cref="Coefficients"/>.</summary>
    /// <returns>0 no coefficients, 1 only DC, 2 more; DC coefficients from Y2 do not count.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Dequantize(int block, ReadOnlySpan<short> levels, BlockQuantizer quantizer, int mask)
    {
        Span<short> coefficients = Coefficients.AsSpan(block * Residual.BlockSize, Residual.BlockSize);
        Vector256<short> steps = Vector256.Create((short)quantizer.Ac).WithElement(0, (short)quantizer.Dc);
        (Vector256.Create(levels) * steps).CopyTo(coefficients);
        return mask == 0 ? 0u : mask == 1 ? 1u : 2u;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(ReadOnlySpan<byte> rows, int stride) => Vector128.Create(
        MemoryMarshal.Read<uint>(rows),
        MemoryMarshal.Read<uint>(rows[stride..]),
        MemoryMarshal.Read<uint>(rows[(2 * stride)..]),
        MemoryMarshal.Read<uint>(rows[(3 * stride)..])).AsByte();
}
