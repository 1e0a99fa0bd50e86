using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>The derivation of quantization parameters (H.265 8.6.1).</summary>
internal sealed class QuantizationGroup
{
    private readonly SequenceParameters _sequence;
    private readonly int _columns;
    private readonly sbyte[] _qpOfBlocks;
    private int _predicted;
    private int _previous;

    public QuantizationGroup(SequenceParameters sequence)
    {
        _sequence = sequence;
        _columns = sequence.CodedWidth >> sequence.Log2MinCodingBlock;
        _qpOfBlocks = new sbyte[_columns * (sequence.CodedHeight >> sequence.Log2MinCodingBlock)];
    }

    /// <summary>QpY of the current coding unit.</summary>
    public int Qp { get; private set; }

    /// <summary>IsCuQpDeltaCoded.</summary>
    public bool IsDeltaCoded { get; private set; }

    /// <summary>QpY of the coding unit that covers a sample of luma.</summary>
    public int QpAt(int x, int y) => _qpOfBlocks[((y >> _sequence.Log2MinCodingBlock) * _columns) + (x >> _sequence.Log2MinCodingBlock)];

    /// <summary>Starts a slice, tile, or row of wavefronts.</summary>
    public void Reset(int sliceQp) => _previous = sliceQp;

    /// <summary>Starts a group: qPY_PRED from the neighbors in the same coding tree block and from the coding unit before.</summary>
    /// <param name="x">First column in luma samples.</param>
    /// <param name="y">First row.</param>
    public void Start(int x, int y)
    {
        int mask = (1 << _sequence.Log2Ctb) - 1;
        int left = (x & mask) != 0 ? QpAt(x - 1, y) : _previous;
        int above = (y & mask) != 0 ? QpAt(x, y - 1) : _previous;
        _predicted = (left + above + 1) >> 1;
        Qp = _predicted;
        IsDeltaCoded = false;
    }

    /// <summary>Applies CuQpDeltaVal. Values out of range, which no encoder writes, wrap around as in other decoders.</summary>
    public void SetDelta(int delta)
    {
        int offset = _sequence.QpOffsetLuma;
        int range = 52 + offset;
        int sum = (_predicted + delta + 52 + (2 * offset)) % range;
        IsDeltaCoded = true;
        Qp = (sum < 0 ? sum + range : sum) - offset;
    }

    /// <summary>Keeps the parameter of a coding unit.</summary>
    public void Keep(int x, int y, int log2Size)
    {
        _previous = Qp;
        int size = 1 << (log2Size - _sequence.Log2MinCodingBlock);
        int first = ((y >> _sequence.Log2MinCodingBlock) * _columns) + (x >> _sequence.Log2MinCodingBlock);
        for (int row = 0; row < size; row++)
        {
            _qpOfBlocks.AsSpan(first + (row * _columns), size).Fill((sbyte)Qp);
        }
    }
}
