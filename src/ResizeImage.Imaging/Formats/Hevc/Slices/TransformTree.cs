using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>transform_tree and transform_unit (H.265 7.3.8.8 and 7.3.8.10).</summary>
internal sealed class TransformTree(PictureState state)
{
    private readonly SequenceParameters _sequence = state.Sequence;
    private readonly BlockDecoder _blocks = new(state);

    /// <summary>Decodes the tree of a coding unit.</summary>
    public void Decode(in CodingUnit unit) => Decode(unit, unit.X, unit.Y, unit.Log2Size, 0, 0, 0b11, 0b11);

    /// <param name="unit">The coding unit.</param>
    /// <param name="x">First column in samples of luma.</param>
    /// <param name="y">First row.</param>
    /// <param name="log2Size">log2TrafoSize.</param>
    /// <param name="depth">trafoDepth.</param>
    /// <param name="index">blkIdx.</param>
    /// <param name="parentCb">cbf_cb of the parent: bit 0, and bit 1 for the lower block of 4:2:2.</param>
    /// <param name="parentCr">cbf_cr of the parent.</param>
    private void Decode(in CodingUnit unit, int x, int y, int log2Size, int depth, int index, int parentCb, int parentCr)
    {
        EntropyDecoder entropy = state.Entropy;
        bool mustSplit = log2Size > _sequence.Log2MaxTransform || (unit.IsSplit && depth == 0);
        bool maySplit = log2Size > _sequence.Log2MinTransform && depth < _sequence.MaxTransformDepth + (unit.IsSplit ? 1 : 0);
        bool isSplit = mustSplit || (maySplit && entropy.Decode(ContextModels.SplitTransform + 5 - log2Size) != 0);

        (int cb, int cr) = (0, 0);
        if ((log2Size > 2 && _sequence.Chroma != ChromaFormat.Monochrome) || _sequence.Chroma == ChromaFormat.Yuv444)
        {
            bool hasTwo = _sequence.Chroma == ChromaFormat.Yuv422 && (!isSplit || log2Size == 3);
            cb = parentCb == 0 ? 0 : ReadChromaFlags(entropy, depth, hasTwo);
            cr = parentCr == 0 ? 0 : ReadChromaFlags(entropy, depth, hasTwo);
        }
        else if (log2Size == 2 && _sequence.Chroma != ChromaFormat.Monochrome)
        {
            (cb, cr) = (parentCb, parentCr);
        }

        if (!isSplit)
        {
            bool isLumaCoded = entropy.Decode(ContextModels.CodedLuma + (depth == 0 ? 1 : 0)) != 0;
            DecodeUnit(unit, x, y, log2Size, depth, index, isLumaCoded, cb, cr);
            return;
        }

        int half = 1 << (log2Size - 1);
        Decode(unit, x, y, log2Size - 1, depth + 1, 0, cb, cr);
        Decode(unit, x + half, y, log2Size - 1, depth + 1, 1, cb, cr);
        Decode(unit, x, y + half, log2Size - 1, depth + 1, 2, cb, cr);
        Decode(unit, x + half, y + half, log2Size - 1, depth + 1, 3, cb, cr);
    }

    private static int ReadChromaFlags(EntropyDecoder entropy, int depth, bool hasTwo)
    {
        int flags = entropy.Decode(ContextModels.CodedChroma + depth);
        return hasTwo ? flags | (entropy.Decode(ContextModels.CodedChroma + depth) << 1) : flags;
    }

    private void DecodeUnit(in CodingUnit unit, int x, int y, int log2Size, int depth, int index, bool isLumaCoded, int cb, int cr)
    {
        if ((isLumaCoded || (cb | cr) != 0) && state.Parameters.HasQpDelta && !state.Quantization.IsDeltaCoded)
        {
            state.Quantization.SetDelta(ReadQpDelta(state.Entropy));
        }

        MarkEdges(x, y, 1 << log2Size);
        int part = depth == 0 ? 0 : PartOf(unit, x, y);
        _blocks.Decode(0, x, y, log2Size, unit.LumaModes[part], isLumaCoded, unit.IsLossless);
        if (_sequence.Chroma == ChromaFormat.Monochrome)
        {
            return;
        }

        if (log2Size > 2 || _sequence.Chroma == ChromaFormat.Yuv444)
        {
            DecodeChroma(unit, x, y, log2Size - _sequence.ChromaShiftX, unit.ChromaModes[part], cb, cr);
        }
        else if (index == 3)
        {
            // Four 4 × 4 blocks of luma share the chroma of their 8 × 8 samples, which comes last.
            DecodeChroma(unit, x - 4, y - 4, 2, unit.ChromaModes[0], cb, cr);
        }
    }

    /// <summary>The quarter of the coding unit that a block is in.</summary>
    private static int PartOf(in CodingUnit unit, int x, int y)
    {
        int half = 1 << (unit.Log2Size - 1);
        return (x >= unit.X + half ? 1 : 0) + (y >= unit.Y + half ? 2 : 0);
    }

    private void DecodeChroma(in CodingUnit unit, int x, int y, int log2Size, int mode, int cb, int cr)
    {
        int blocks = _sequence.Chroma == ChromaFormat.Yuv422 ? 2 : 1;
        for (int i = 0; i < blocks; i++)
        {
            _blocks.Decode(1, x, y + (i << log2Size), log2Size, mode, ((cb >> i) & 1) != 0, unit.IsLossless);
        }

        for (int i = 0; i < blocks; i++)
        {
            _blocks.Decode(2, x, y + (i << log2Size), log2Size, mode, ((cr >> i) & 1) != 0, unit.IsLossless);
        }
    }

    /// <summary>cu_qp_delta_abs and its sign: a truncated unary prefix of 5 and an Exp-Golomb suffix (9.3.3.10).</summary>
    private static int ReadQpDelta(EntropyDecoder entropy)
    {
        const int MaxPrefix = 5;
        const int MaxSuffix = 16;
        int value = 0;
        while (value < MaxPrefix && entropy.Decode(ContextModels.QpDelta + (value == 0 ? 0 : 1)) != 0)
        {
            value++;
        }

        if (value == MaxPrefix)
        {
            int bits = 0;
            while (bits < MaxSuffix && entropy.Bypass(1) != 0)
            {
                value += 1 << bits++;
            }

            value += bits > 0 ? entropy.Bypass(bits) : 0;
        }

        return value != 0 && entropy.Bypass(1) != 0 ? -value : value;
    }

    /// <summary>Marks the edges of a transform block that the deblocking filter smooths (8.7.2.3).</summary>
    public void MarkEdges(int x, int y, int size)
    {
        if (state.Filters is not { } filters || state.Slice.IsDeblockingDisabled)
        {
            return;
        }

        (int ctbX, int ctbY) = state.Neighbors.Origin;
        filters.MarkEdges(x, y, size, x > ctbX || IsFilteredAcross(x - 1, y, isLeft: true), y > ctbY || IsFilteredAcross(x, y - 1, isLeft: false));
    }

    /// <summary>The edge to a neighboring coding tree block is filtered, by slice_loop_filter_across_slices_enabled_flag and its like for tiles.</summary>
    private bool IsFilteredAcross(int x, int y, bool isLeft)
    {
        if (x < 0 || y < 0)
        {
            return false;
        }

        int address = ((y >> _sequence.Log2Ctb) * _sequence.CtbColumns) + (x >> _sequence.Log2Ctb);
        int here = address + (isLeft ? 1 : _sequence.CtbColumns);
        bool isSameSlice = state.Neighbors.SliceOf(address) == state.Slice.SliceAddress;
        return (isSameSlice || state.Slice.LoopFilterAcrossSlices)
            && (state.Parameters.LoopFilterAcrossTiles || state.Scan.TileOf(address) == state.Scan.TileOf(here));
    }
}
