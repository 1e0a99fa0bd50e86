using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Filters;
using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Slices;

namespace ResizeImage.Imaging.Formats.Hevc;

/// <summary>
/// Decodes intra pictures of HEVC (H.265). Without loop filters, a row of coding tree blocks is all that is held; with them, or with tiles, the
/// whole picture is.
/// </summary>
internal sealed class HevcPictureDecoder(HevcConfiguration configuration, WorkMeter work) : PictureDecoder
{
    private readonly EntropyDecoder _entropy = new();
    private ParameterSets _sets = configuration.Sets;
    private PictureState? _state;
    private SliceDecoder? _slices;
    private SliceHeader? _slice;
    private bool _isSliceOpen;
    private bool _isExact;
    private ReadOnlyMemory<byte> _rest;
    private int _next;
    private int _readableRows;
    private bool _isDamaged;
    private int _damagedAt;

    public override int ReadableRows => Math.Min(_readableRows, configuration.Header.Height);

    /// <inheritdoc/>
    public override void Start(ReadOnlyMemory<byte> data, bool isExact)
    {
        _rest = data;
        _isExact = isExact;
        _slice = null;
        _isSliceOpen = false;
        _isDamaged = false;
        _next = 0;
        _readableRows = 0;
        _sets = configuration.Sets;
        if (!OpenNextSlice())
        {
            // Nothing to decode: a picture of gray.
            SetState(_sets.Picture ?? throw HevcErrors.Corrupt("it has no picture parameter set"));
        }

        _state!.Neighbors.Reset();
        _state.Filters?.Reset();
    }

    /// <inheritdoc/>
    public override int DecodeRows()
    {
        // The conformance window may begin below the first row of coding tree blocks.
        int rows;
        do
        {
            rows = DecodeCtbRows(_state!);
        }
        while (rows <= 0);

        return rows;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Row(int plane, int y)
    {
        PictureBuffer buffer = _state!.Buffer;
        SequenceParameters sequence = _state.Sequence;
        int shiftX = plane == 0 ? 0 : sequence.ChromaShiftX;
        int shiftY = plane == 0 ? 0 : sequence.ChromaShiftY;
        int width = (sequence.Width + (1 << shiftX) - 1) >> shiftX;
        return buffer.Plane(plane).AsSpan(buffer.IndexOf(plane, sequence.Left >> shiftX, y + (sequence.Top >> shiftY)), width);
    }

    /// <summary>Decodes the next row of coding tree blocks, or the whole picture if the buffer holds it.</summary>
    /// <returns>Rows of luma from the top of the conformance window that are final; not positive if all are above it.</returns>
    private int DecodeCtbRows(PictureState state)
    {
        SequenceParameters sequence = state.Sequence;
        int end = state.Buffer.IsWhole ? sequence.CtbColumns * sequence.CtbRows : _next + sequence.CtbColumns;
        while (_next < end)
        {
            if (_next % sequence.CtbColumns == 0)
            {
                work.Check();
            }

            DecodeNext(state);
        }

        FillMissing(state, end);
        if (state.Filters is not null)
        {
            new DeblockingFilter(state, work).Run();
            new SampleAdaptiveOffset(state, work).Run();
        }

        int rows = (_next / sequence.CtbColumns) << sequence.Log2Ctb;
        return Math.Min(rows - sequence.Top, configuration.Header.Height);
    }

    /// <summary>Decodes the next coding tree block, unless no slice has it.</summary>
    private void DecodeNext(PictureState state)
    {
        try
        {
            while (!_isDamaged && !_isSliceOpen && OpenNextSlice())
            {
            }

            if (_isSliceOpen && _next >= state.Scan.FromRaster(_slice!.SegmentAddress))
            {
                _isSliceOpen = _slices!.Decode(_next);
            }
        }
        catch (InvalidImageException)
        {
            // Other slices may be valid, but a picture with a hole is worth no more than its beginning.
            (_isSliceOpen, _isDamaged, _damagedAt) = (false, true, _next);
        }

        _next++;
    }

    /// <summary>Opens the next slice segment that is not decoded yet.</summary>
    /// <returns>False if there is none.</returns>
    private bool OpenNextSlice()
    {
        ReadOnlySpan<byte> rest = _rest.Span;
        while (NalUnit.TryTake(ref rest, configuration.LengthSize, out ReadOnlySpan<byte> unit))
        {
            _rest = _rest[^rest.Length..];
            int type = NalUnit.Type(unit);
            if (!NalUnit.IsBaseLayer(unit))
            {
                continue;
            }

            if (NalUnit.IsSlice(type))
            {
                if (TryOpen(unit, type))
                {
                    return true;
                }
            }
            else if (type is NalUnit.SequenceParameterSet or NalUnit.PictureParameterSet && _slice is null)
            {
                _sets = ReferenceEquals(_sets, configuration.Sets) ? _sets.Copy() : _sets;
                _sets.Add(unit);
            }
        }

        _rest = default;
        return false;
    }

    private bool TryOpen(ReadOnlySpan<byte> unit, int type)
    {
        var header = SliceHeader.Read(_entropy.Load(unit[NalUnit.HeaderBytes..]), type, _sets.Pictures, _slice);
        if (_slice is null)
        {
            SetState(header.Picture);
        }

        PictureState state = _state!;
        if (!ReferenceEquals(header.Picture.Sequence, state.Sequence))
        {
            throw HevcErrors.Corrupt("its slices are of different sizes");
        }

        // Slices in the wrong order, or twice: each block is decoded once.
        if (state.Scan.FromRaster(header.SegmentAddress) < _next)
        {
            return false;
        }

        _slice = header;
        state.Slice = header;
        _slices!.Start();
        _isSliceOpen = true;
        return true;
    }

    private void SetState(PictureParameters picture)
    {
        if (_state is { } state && ReferenceEquals(state.Parameters, picture) && (state.Filters is not null) == _isExact)
        {
            return;
        }

        configuration.Check(picture);
        _state = new PictureState(picture, _entropy, _isExact);
        _slices = new SliceDecoder(_state);
    }

    /// <summary>Fills coding tree blocks that were not decoded with gray, and counts the rows before the first of them.</summary>
    private void FillMissing(PictureState state, int end)
    {
        SequenceParameters sequence = state.Sequence;
        int first = state.Buffer.IsWhole ? 0 : end - sequence.CtbColumns;
        int missingFrom = int.MaxValue;
        for (int scan = first; scan < end; scan++)
        {
            int address = state.Scan.ToRaster(scan);
            if (state.Neighbors.IsDecoded(address) && !(_isDamaged && scan >= _damagedAt))
            {
                continue;
            }

            missingFrom = Math.Min(missingFrom, address / sequence.CtbColumns);
            state.Buffer.FillGray(address % sequence.CtbColumns, address / sequence.CtbColumns, sequence);
        }

        int readable = Math.Min(missingFrom, end / sequence.CtbColumns) << sequence.Log2Ctb;
        if (_readableRows == (first / sequence.CtbColumns) << sequence.Log2Ctb)
        {
            _readableRows = readable;
        }
    }
}
