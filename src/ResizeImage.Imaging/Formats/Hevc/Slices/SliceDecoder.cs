using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>
/// slice_segment_data (H.265 7.3.8.1), coding tree block by coding tree block. Wavefronts and tiles are decoded in the order of the data, which
/// needs no entry points.
/// </summary>
internal sealed class SliceDecoder
{
    private readonly PictureState _state;
    private readonly SequenceParameters _sequence;
    private readonly SaoReader _sao;
    private readonly CodingTree _tree;

    // Context variables at the end of the slice segment before, and after the second coding tree block of a row (9.3.2.4).
    private readonly byte[] _ofSegment = new byte[ContextModels.Count];
    private readonly byte[] _ofRow = new byte[ContextModels.Count];
    private bool _isFirst;

    public SliceDecoder(PictureState state)
    {
        _state = state;
        _sequence = state.Sequence;
        _sao = new SaoReader(state);
        _tree = new CodingTree(state);
    }

    /// <summary>Starts a slice segment, whose header is in the state.</summary>
    public void Start()
    {
        _state.Entropy.Start(_state.Slice.DataOffset);
        _isFirst = true;
    }

    /// <summary>Decodes a coding tree block.</summary>
    /// <param name="scanAddress">Its address in tile scan.</param>
    /// <returns>False if it is the last one of its slice segment.</returns>
    /// <exception cref="InvalidImageException">The data ends or is corrupt.</exception>
    public bool Decode(int scanAddress)
    {
        int address = _state.Scan.ToRaster(scanAddress);
        int x = address % _sequence.CtbColumns;
        int y = address / _sequence.CtbColumns;
        Tile tile = _state.Scan.TileOf(address);
        _state.Neighbors.Enter(address, _state.Slice.SliceAddress, tile);
        InitializeContexts(x, y, tile);
        if (_state.Filters is { } filters)
        {
            filters.Slices[address] = _state.Slice;
        }

        if (_state.Slice.HasLumaSao || _state.Slice.HasChromaSao)
        {
            _sao.Read(address, tile);
        }

        _tree.Decode(x << _sequence.Log2Ctb, y << _sequence.Log2Ctb);
        _state.Buffer.KeepLastRow(x, y);
        if (_state.Entropy.IsPastEnd)
        {
            throw HevcErrors.Corrupt("a slice ends early");
        }

        bool isEnd = _state.Entropy.Terminate();
        if (_state.Parameters.HasWavefronts && x == tile.Left + 1)
        {
            _state.Entropy.Models.CopyTo(_ofRow, 0);
        }

        if (isEnd)
        {
            _state.Entropy.Models.CopyTo(_ofSegment, 0);
            return false;
        }

        RestartAtSubset(scanAddress + 1, y, tile);
        return true;
    }

    /// <summary>Initializes or synchronizes context variables and quantization where a segment, tile or row of wavefronts begins (9.3.1).</summary>
    private void InitializeContexts(int x, int y, Tile tile)
    {
        byte[] models = _state.Entropy.Models;
        SliceHeader slice = _state.Slice;
        bool isFirstOfTile = x == tile.Left && y == tile.Top;
        bool isFirstOfRow = _state.Parameters.HasWavefronts && x == tile.Left;
        if (_isFirst || isFirstOfTile || isFirstOfRow)
        {
            if (isFirstOfRow && !isFirstOfTile && _state.Neighbors.HasAboveRight)
            {
                _ofRow.CopyTo(models, 0);
            }
            else if (_isFirst && slice.IsDependent && !isFirstOfTile && !isFirstOfRow)
            {
                _ofSegment.CopyTo(models, 0);
            }
            else
            {
                ContextModels.Initialize(models, slice.Qp);
            }
        }

        if ((_isFirst && !slice.IsDependent) || isFirstOfTile || isFirstOfRow)
        {
            _state.Quantization.Reset(slice.Qp);
        }

        _isFirst = false;
    }

    /// <summary>end_of_subset_one_bit and byte_alignment before a new tile or row of wavefronts.</summary>
    private void RestartAtSubset(int nextScanAddress, int y, Tile tile)
    {
        if (nextScanAddress >= _sequence.CtbColumns * _sequence.CtbRows)
        {
            throw HevcErrors.Corrupt("a slice is longer than the picture");
        }

        int next = _state.Scan.ToRaster(nextScanAddress);
        bool isInTile = next % _sequence.CtbColumns >= tile.Left && next % _sequence.CtbColumns < tile.Right
            && next / _sequence.CtbColumns >= tile.Top && next / _sequence.CtbColumns < tile.Bottom;
        if (!isInTile || (_state.Parameters.HasWavefronts && next / _sequence.CtbColumns != y))
        {
            _state.Entropy.Terminate();
            _state.Entropy.Restart();
        }
    }
}
