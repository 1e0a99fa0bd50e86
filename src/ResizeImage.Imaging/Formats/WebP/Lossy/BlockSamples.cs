using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The 4×4 samples of a block in a plane. One vector holds them as four rows of four.</summary>
internal static class BlockSamples
{
    /// <summary>Adds residuals to the blocks of a square whose prediction is in the plane.</summary>
    /// <param name="plane">The samples.</param>
    /// <param name="at">Offset of the square's first sample.</param>
    /// <param name="stride">Distance of rows.</param>
    /// <param name="across">Blocks in a row, a power of 2.</param>
    /// <param name="kinds">Two bits for each block as in <see cref="Residual.Kinds"/>; no others.</param>
    /// <param name="coefficients">Of the blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(UncheckedSpan<byte> plane, int at, int stride, int across, uint kinds, ReadOnlySpan<short> coefficients)
    {
        for (int block = 0; kinds != 0; block++, kinds >>= 2)
        {
            if ((kinds & 3) != 0)
            {
                int of = at + (block / across * 4 * stride) + (block % across * 4);
                ReadOnlySpan<short> own = coefficients.Slice(block * Residual.BlockSize, Residual.BlockSize);
                Store(plane, of, stride, Add(Load(plane, of, stride), kinds & 3, own));
            }
        }
    }

    /// <summary>Adds the residual of one block.</summary>
    /// <param name="samples">Its prediction.</param>
    /// <param name="kind">0 no coefficients, 1 only DC, 2 more.</param>
    /// <param name="coefficients">Sixteen, dequantized, in rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Add(Vector128<byte> samples, uint kind, ReadOnlySpan<short> coefficients) => kind switch
    {
        0 => samples,
        1 => InverseDct4.AddDc(samples, coefficients[0]),
        _ => InverseDct4.Add(samples, coefficients),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(UncheckedSpan<byte> plane, int at, int stride) => Vector128.Create(
        plane.Read<uint>(at), plane.Read<uint>(at + stride), plane.Read<uint>(at + (2 * stride)), plane.Read<uint>(at + (3 * stride))).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(UncheckedSpan<byte> plane, int at, int stride, Vector128<byte> samples)
    {
        Vector128<uint> rows = samples.AsUInt32();
        plane.Write(at, rows.GetElement(0));
        plane.Write(at + stride, rows.GetElement(1));
        plane.Write(at + (2 * stride), rows.GetElement(2));
        plane.Write(at + (3 * stride), rows.GetElement(3));
    }
}
