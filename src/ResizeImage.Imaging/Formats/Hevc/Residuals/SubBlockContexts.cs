using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>The contexts of coded_sub_block_flag and sig_coeff_flag in a transform block (H.265 9.3.4.2.4 and 9.3.4.2.5).</summary>
internal struct SubBlockContexts
{
    /// <summary>All sub-blocks but those of the first of eight columns.</summary>
    private const ulong NotFirstColumn = 0xFEFEFEFEFEFEFEFE;

    /// <summary>The first context of chroma.</summary>
    private const int Chroma = 27;

    private readonly int _scanIdx;
    private readonly int _offsetOfFirst;
    private readonly int _offsetOfOthers;
    private readonly bool _is4x4;
    private ulong _coded;

    public SubBlockContexts(in ResidualBlock block)
    {
        _scanIdx = block.ScanIdx;
        _is4x4 = block.Log2Size == 2;
        DcOffset = ContextModels.Significant + (block.IsChroma ? Chroma : 0);
        int ofSize = (block.Log2Size, block.IsChroma) switch
        {
            (2, _) => 0,
            (3, false) => block.ScanIdx == ScanOrder.UpRightDiagonal ? 9 : 15,
            (3, true) => 9,
            (_, false) => 21,
            _ => 12,
        };
        _offsetOfFirst = DcOffset + ofSize;
        _offsetOfOthers = _offsetOfFirst + (block.IsChroma ? 0 : 3);
    }

    /// <summary>The context of the block's first coefficient.</summary>
    public int DcOffset { get; }

    /// <summary>The context of coded_sub_block_flag.</summary>
    /// <param name="neighbors">Of <see cref="CodedNeighbors"/>.</param>
    /// <param name="chroma">0 for luma, 1 for chroma.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfCoded(int neighbors, int chroma) => ContextModels.CodedSubBlock + (2 * chroma) + (neighbors == 0 ? 0 : 1);

    /// <summary>csbfCtx: 1 if the sub-block to the right is coded, plus 2 if the lower one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int CodedNeighbors(int x, int y)
    {
        // Eight bits a row. Shifting twice, because a shift by 64 would do nothing.
        ulong fromHere = _coded >> ((8 * y) + x);
        ulong right = ((_coded & NotFirstColumn) >> ((8 * y) + x)) >> 1;
        return (int)(right & 1) | ((int)(fromHere >> 8) & 1) << 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCoded(int x, int y) => _coded |= 1ul << ((8 * y) + x);

    /// <summary>16 contexts by the offset in the scan, to which <see cref="SignificanceOffset"/> is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref byte Significance(int neighbors) => ref Unsafe.Add(
        ref MemoryMarshal.GetArrayDataReference(SignificanceContexts.Table),
        SignificanceContexts.IndexOf(_is4x4 ? SignificanceContexts.Of4x4 : neighbors, _scanIdx));

    /// <summary>The first context of sig_coeff_flag in a sub-block.</summary>
    /// <param name="i">Its number in the scan.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SignificanceOffset(int i) => i > 0 ? _offsetOfOthers : _offsetOfFirst;
}
