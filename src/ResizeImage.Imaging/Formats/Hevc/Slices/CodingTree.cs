using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Prediction;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>coding_quadtree and coding_unit (H.265 7.3.8.4 and 7.3.8.5) of intra slices.</summary>
internal sealed class CodingTree
{
    private readonly PictureState _state;
    private readonly SequenceParameters _sequence;
    private readonly TransformTree _transforms;
    private readonly PcmReader _pcm;
    private readonly IntraModes _modes;

    // CtDepth of the neighbors, by columns and rows of smallest coding blocks.
    private readonly byte[] _depthsAbove;
    private readonly byte[] _depthsLeft;

    public CodingTree(PictureState state)
    {
        _state = state;
        _sequence = state.Sequence;
        _transforms = new TransformTree(state);
        _pcm = new PcmReader(state);
        _modes = new IntraModes(_sequence);
        _depthsAbove = new byte[(_sequence.CtbColumns << _sequence.Log2Ctb) >> _sequence.Log2MinCodingBlock];
        _depthsLeft = new byte[(1 << _sequence.Log2Ctb) >> _sequence.Log2MinCodingBlock];
    }

    /// <summary>Decodes a coding tree block.</summary>
    /// <param name="x">First column in samples of luma.</param>
    /// <param name="y">First row.</param>
    /// <exception cref="InvalidImageException">The data is corrupt.</exception>
    public void Decode(int x, int y) => Decode(x, y, _sequence.Log2Ctb, 0);

    private void Decode(int x, int y, int log2Size, int depth)
    {
        int size = 1 << log2Size;
        bool fits = x + size <= _sequence.CodedWidth && y + size <= _sequence.CodedHeight;
        bool canSplit = log2Size > _sequence.Log2MinCodingBlock;
        bool isSplit = fits && canSplit ? ReadSplit(x, y, depth) : canSplit;
        if (log2Size >= _state.Parameters.Log2MinQpGroup)
        {
            _state.Quantization.Start(x, y);
        }

        if (!isSplit)
        {
            DecodeUnit(x, y, log2Size, depth);
            return;
        }

        int half = size / 2;
        bool hasRight = x + half < _sequence.CodedWidth;
        bool hasLower = y + half < _sequence.CodedHeight;
        Decode(x, y, log2Size - 1, depth + 1);
        if (hasRight)
        {
            Decode(x + half, y, log2Size - 1, depth + 1);
        }

        if (hasLower)
        {
            Decode(x, y + half, log2Size - 1, depth + 1);
        }

        if (hasRight && hasLower)
        {
            Decode(x + half, y + half, log2Size - 1, depth + 1);
        }
    }

    private bool ReadSplit(int x, int y, int depth)
    {
        int context = ContextModels.SplitCodingUnit;
        if (_state.Neighbors.IsLeftAvailable(x) && _depthsLeft[RowInCtb(y)] > depth)
        {
            context++;
        }

        if (_state.Neighbors.IsAboveAvailable(y) && _depthsAbove[x >> _sequence.Log2MinCodingBlock] > depth)
        {
            context++;
        }

        return _state.Entropy.Decode(context) != 0;
    }

    private int RowInCtb(int y) => (y & ((1 << _sequence.Log2Ctb) - 1)) >> _sequence.Log2MinCodingBlock;

    private void DecodeUnit(int x, int y, int log2Size, int depth)
    {
        EntropyDecoder entropy = _state.Entropy;
        CodingUnit unit = new() { X = x, Y = y, Log2Size = log2Size };
        unit.IsLossless = _state.Parameters.HasTransquantBypass && entropy.Decode(ContextModels.TransquantBypass) != 0;
        unit.IsSplit = log2Size == _sequence.Log2MinCodingBlock && entropy.Decode(ContextModels.PartMode) == 0;
        int blocks = 1 << (log2Size - _sequence.Log2MinCodingBlock);
        _depthsAbove.AsSpan(x >> _sequence.Log2MinCodingBlock, blocks).Fill((byte)depth);
        _depthsLeft.AsSpan(RowInCtb(y), blocks).Fill((byte)depth);

        bool isPcm = !unit.IsSplit && _sequence.HasPcm && log2Size >= _sequence.Log2MinPcm && log2Size <= _sequence.Log2MaxPcm && entropy.Terminate();
        if (isPcm)
        {
            _modes.Keep(x, y, 1 << log2Size, IntraMode.Dc);
            _pcm.Read(x, y, log2Size);
            _transforms.MarkEdges(x, y, 1 << log2Size);
        }
        else
        {
            ReadModes(ref unit);
            _transforms.Decode(unit);
        }

        if (unit.IsLossless || (isPcm && _sequence.IsPcmLoopFilterDisabled))
        {
            _state.Filters?.MarkUnfiltered(x, y, 1 << log2Size);
        }

        _state.Quantization.Keep(x, y, log2Size);
    }

    /// <summary>The intra modes: first all flags, then all codes, then chroma.</summary>
    private void ReadModes(ref CodingUnit unit)
    {
        EntropyDecoder entropy = _state.Entropy;
        int parts = unit.IsSplit ? 4 : 1;
        int size = (1 << unit.Log2Size) >> (unit.IsSplit ? 1 : 0);
        int arePredicted = 0;
        for (int i = 0; i < parts; i++)
        {
            arePredicted |= entropy.Decode(ContextModels.PreviousIntraLuma) << i;
        }

        for (int i = 0; i < parts; i++)
        {
            (int x, int y) = (unit.X + ((i & 1) * size), unit.Y + ((i >> 1) * size));
            (int First, int Second, int Third) candidates = _modes.Candidates(x, y, _state.Neighbors);
            int mode = ((arePredicted >> i) & 1) == 0 ? IntraModes.Remaining(entropy.Bypass(5), candidates)
                : entropy.Bypass(1) == 0 ? candidates.First
                : entropy.Bypass(1) == 0 ? candidates.Second
                : candidates.Third;
            _modes.Keep(x, y, size, mode);
            unit.LumaModes[i] = mode;
        }

        for (int i = parts; i < 4; i++)
        {
            unit.LumaModes[i] = unit.LumaModes[0];
        }

        ReadChromaModes(ref unit, entropy);
    }

    private void ReadChromaModes(ref CodingUnit unit, EntropyDecoder entropy)
    {
        const int AsLuma = 4;
        if (_sequence.Chroma == ChromaFormat.Monochrome)
        {
            return;
        }

        int parts = unit.IsSplit && _sequence.Chroma == ChromaFormat.Yuv444 ? 4 : 1;
        for (int i = 0; i < 4; i++)
        {
            if (i >= parts)
            {
                unit.ChromaModes[i] = unit.ChromaModes[0];
                continue;
            }

            int code = entropy.Decode(ContextModels.IntraChroma) == 0 ? AsLuma : entropy.Bypass(2);
            unit.ChromaModes[i] = IntraMode.OfChroma(code, unit.LumaModes[i], _sequence.Chroma);
        }
    }
}
