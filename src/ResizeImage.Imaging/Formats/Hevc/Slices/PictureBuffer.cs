using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>
/// The samples of a picture that is being decoded: all rows, or only those of one row of coding tree blocks, and the last rows of the coding tree
/// blocks above before they are filtered. Intra prediction uses unfiltered samples (H.265 8.4.4.2.1).
/// </summary>
internal sealed class PictureBuffer
{
    private readonly int _log2Ctb;
    private readonly ushort[][] _planes;
    private readonly ushort[][] _lastRows;

    /// <param name="sequence">Size and sampling.</param>
    /// <param name="isWhole">Holds all rows.</param>
    public PictureBuffer(SequenceParameters sequence, bool isWhole)
    {
        _log2Ctb = sequence.Log2Ctb;
        IsWhole = isWhole;
        Planes = sequence.Chroma == ChromaFormat.Monochrome ? 1 : 3;
        ShiftX = sequence.ChromaShiftX;
        ShiftY = sequence.ChromaShiftY;
        int width = sequence.CtbColumns << _log2Ctb;
        int height = (isWhole ? sequence.CtbRows : 1) << _log2Ctb;
        Stride = width;
        _planes = new ushort[Planes][];
        _lastRows = new ushort[2 * Planes][];
        for (int plane = 0; plane < Planes; plane++)
        {
            _planes[plane] = new ushort[ArrayLength.Of((long)StrideOf(plane) * (height >> (plane == 0 ? 0 : ShiftY)), "samples of a picture")];
            _lastRows[2 * plane] = new ushort[StrideOf(plane)];
            _lastRows[(2 * plane) + 1] = new ushort[StrideOf(plane)];
        }
    }

    /// <summary>Holds all rows.</summary>
    public bool IsWhole { get; }

    /// <summary>1 or 3.</summary>
    public int Planes { get; }

    /// <summary>Samples from row to row of luma.</summary>
    public int Stride { get; }

    /// <summary>Log2 of SubWidthC.</summary>
    public int ShiftX { get; }

    /// <summary>Log2 of SubHeightC.</summary>
    public int ShiftY { get; }

    /// <summary>Samples from row to row.</summary>
    public int StrideOf(int plane) => plane == 0 ? Stride : Stride >> ShiftX;

    /// <summary>All samples of a plane that are held.</summary>
    public ushort[] Plane(int plane) => _planes[plane];

    /// <summary>Index in <see cref="Plane"/>.</summary>
    /// <param name="plane">0 to 2.</param>
    /// <param name="x">Column of the plane.</param>
    /// <param name="y">Row of the plane; must be held.</param>
    public int IndexOf(int plane, int x, int y)
    {
        int row = IsWhole ? y : y & ((1 << (_log2Ctb - (plane == 0 ? 0 : ShiftY))) - 1);
        return (row * StrideOf(plane)) + x;
    }

    /// <summary>The last row of the coding tree blocks above, unfiltered.</summary>
    /// <param name="plane">0 to 2.</param>
    /// <param name="ctbRow">The row of coding tree blocks below it.</param>
    public ushort[] RowAbove(int plane, int ctbRow) => _lastRows[(2 * plane) + (ctbRow & 1)];

    /// <summary>Keeps the last row of a coding tree block for the blocks below.</summary>
    /// <param name="ctbX">Column of coding tree blocks.</param>
    /// <param name="ctbY">Row of coding tree blocks.</param>
    public void KeepLastRow(int ctbX, int ctbY)
    {
        for (int plane = 0; plane < Planes; plane++)
        {
            int log2Width = _log2Ctb - (plane == 0 ? 0 : ShiftX);
            int log2Height = _log2Ctb - (plane == 0 ? 0 : ShiftY);
            int x = ctbX << log2Width;
            int index = IndexOf(plane, x, ((ctbY + 1) << log2Height) - 1);
            _planes[plane].AsSpan(index, 1 << log2Width).CopyTo(RowAbove(plane, ctbY + 1).AsSpan(x));
        }
    }

    /// <summary>Fills a coding tree block with the middle of the range.</summary>
    /// <param name="ctbX">Column of coding tree blocks.</param>
    /// <param name="ctbY">Row of coding tree blocks.</param>
    /// <param name="sequence">Bits of samples.</param>
    public void FillGray(int ctbX, int ctbY, SequenceParameters sequence)
    {
        for (int plane = 0; plane < Planes; plane++)
        {
            int log2Width = _log2Ctb - (plane == 0 ? 0 : ShiftX);
            int log2Height = _log2Ctb - (plane == 0 ? 0 : ShiftY);
            int bits = plane == 0 ? sequence.LumaBits : sequence.ChromaBits;
            for (int row = 0; row < 1 << log2Height; row++)
            {
                int index = IndexOf(plane, ctbX << log2Width, (ctbY << log2Height) + row);
                _planes[plane].AsSpan(index, 1 << log2Width).Fill((ushort)(1 << (bits - 1)));
            }
        }
    }
}
