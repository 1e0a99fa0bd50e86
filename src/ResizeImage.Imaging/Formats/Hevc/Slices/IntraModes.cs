using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Prediction;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>The modes of decoded neighbors, from which the mode of a luma block is predicted (H.265 8.4.2).</summary>
internal sealed class IntraModes
{
    private readonly byte[] _above;
    private readonly byte[] _left;
    private readonly int _mask;

    public IntraModes(SequenceParameters sequence)
    {
        _above = new byte[(sequence.CtbColumns << sequence.Log2Ctb) >> 2];
        _left = new byte[(1 << sequence.Log2Ctb) >> 2];
        _mask = (1 << sequence.Log2Ctb) - 1;
    }

    /// <summary>Keeps the mode of a block. PCM counts as DC.</summary>
    public void Keep(int x, int y, int size, int mode)
    {
        _above.AsSpan(x >> 2, size >> 2).Fill((byte)mode);
        _left.AsSpan((y & _mask) >> 2, size >> 2).Fill((byte)mode);
    }

    /// <summary>candModeList.</summary>
    /// <param name="x">First column of the block in samples of luma.</param>
    /// <param name="y">First row.</param>
    /// <param name="neighbors">Availability.</param>
    public (int First, int Second, int Third) Candidates(int x, int y, CtbNeighbors neighbors)
    {
        int left = neighbors.IsLeftAvailable(x) ? _left[(y & _mask) >> 2] : IntraMode.Dc;

        // Modes of the coding tree block above are not used, so that no line of them need be kept.
        int above = (y & _mask) != 0 ? _above[x >> 2] : IntraMode.Dc;
        if (left != above)
        {
            int third = left != IntraMode.Planar && above != IntraMode.Planar ? IntraMode.Planar
                : left != IntraMode.Dc && above != IntraMode.Dc ? IntraMode.Dc
                : IntraMode.Vertical;
            return (left, above, third);
        }

        return left < 2
            ? (IntraMode.Planar, IntraMode.Dc, IntraMode.Vertical)
            : (left, 2 + ((left + 29) % 32), 2 + ((left - 2 + 1) % 32));
    }

    /// <summary>The mode by rem_intra_luma_pred_mode: it counts the modes that are not candidates.</summary>
    public static int Remaining(int code, (int First, int Second, int Third) candidates)
    {
        (int a, int b, int c) = candidates;
        (a, b) = a > b ? (b, a) : (a, b);
        (a, c) = a > c ? (c, a) : (a, c);
        (b, c) = b > c ? (c, b) : (b, c);
        code += code >= a ? 1 : 0;
        code += code >= b ? 1 : 0;
        return code + (code >= c ? 1 : 0);
    }
}
