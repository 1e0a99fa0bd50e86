using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Which blocks above and to the left of the current ones have coefficients (RFC 6386, 13.3). Only blocks at the common edge count:
/// <code>
/// bit  8    7 6  5 4  3 2 1 0
///      Y2   V    U    luma
/// </code>
/// </summary>
/// <param name="Above">Of the macroblock above, then of the blocks done so far.</param>
/// <param name="Left">Of the macroblock to the left, then of the blocks done so far.</param>
internal record struct NonzeroContext(int Above, int Left)
{
    private const int Y2Bit = 8;

    /// <summary>The bits of the block's column and row: 0 to 15 luma, 16 to 23 chroma, 24 Y2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Above, int Left) BitsOf(int block)
    {
        if (block < EncodedFrame.FirstChroma)
        {
            return (block & 3, block >> 2);
        }

        int plane = 4 + ((block - EncodedFrame.FirstChroma) >> 2 << 1);
        return block == EncodedFrame.Y2 ? (Y2Bit, Y2Bit) : (plane + (block & 1), plane + ((block >> 1) & 1));
    }

    /// <summary>The context of a block: how many of its neighbors have coefficients, 0 to 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Of(int block)
    {
        (int above, int left) = BitsOf(block);
        return ((Above >> above) & 1) + ((Left >> left) & 1);
    }

    /// <summary>Records whether a block has coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int block, bool nonzero)
    {
        (int above, int left) = BitsOf(block);
        int bit = nonzero ? 1 : 0;
        Above = (Above & ~(1 << above)) | (bit << above);
        Left = (Left & ~(1 << left)) | (bit << left);
    }

    /// <summary>Records a macroblock without coefficients.</summary>
    /// <param name="hasY2">It would have a Y2 block; if false, the context of the last Y2 stays valid.</param>
    public void Skip(bool hasY2)
    {
        int kept = hasY2 ? 0 : 1 << Y2Bit;
        Above &= kept;
        Left &= kept;
    }
}
