using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Prediction;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>
/// The availability of neighbors (H.265 6.4.1) of the blocks in the current coding tree block: those of the same slice and tile that come first in
/// z-scan order.
/// </summary>
internal sealed class CtbNeighbors
{
    private const int NotDecoded = -1;

    private readonly SequenceParameters _sequence;
    private readonly int _size;

    /// <summary>SliceAddrRs of each coding tree block, in raster scan.</summary>
    private readonly int[] _slices;

    private int _x;
    private int _y;
    private bool _corner;

    public CtbNeighbors(SequenceParameters sequence)
    {
        _sequence = sequence;
        _size = 1 << sequence.Log2Ctb;
        _slices = new int[sequence.CtbColumns * sequence.CtbRows];
    }

    /// <summary>The coding tree block to the left is available.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>The coding tree block above is available.</summary>
    public bool HasAbove { get; private set; }

    /// <summary>The coding tree block above right is available, from which wavefronts take their contexts.</summary>
    public bool HasAboveRight { get; private set; }

    // Bits of a number of four, each followed by a zero.
    private static ReadOnlySpan<byte> Spread => [0, 1, 4, 5, 16, 17, 20, 21, 64, 65, 68, 69, 80, 81, 84, 85];

    /// <summary>Starts a picture.</summary>
    public void Reset() => Array.Fill(_slices, NotDecoded);

    /// <summary>The coding tree block was decoded, or its decoding was begun.</summary>
    /// <param name="address">In raster scan.</param>
    public bool IsDecoded(int address) => _slices[address] != NotDecoded;

    /// <summary>SliceAddrRs of a coding tree block; −1 if it was not decoded.</summary>
    public int SliceOf(int address) => _slices[address];

    /// <summary>Starts a coding tree block.</summary>
    /// <param name="address">In raster scan.</param>
    /// <param name="slice">SliceAddrRs of its slice.</param>
    /// <param name="tile">Its tile.</param>
    public void Enter(int address, int slice, Tile tile)
    {
        int columns = _sequence.CtbColumns;
        int x = address % columns;
        int y = address / columns;
        (_x, _y) = (x * _size, y * _size);
        HasLeft = x > tile.Left && _slices[address - 1] == slice;
        HasAbove = y > tile.Top && _slices[address - columns] == slice;
        _corner = x > tile.Left && y > tile.Top && _slices[address - columns - 1] == slice;
        HasAboveRight = x + 1 < tile.Right && y > tile.Top && _slices[address - columns + 1] == slice;
        _slices[address] = slice;
    }

    /// <summary>The neighbor to the left of a sample of the block's first column is available.</summary>
    public bool IsLeftAvailable(int x) => x > _x || HasLeft;

    /// <summary>The neighbor above a sample of the block's first row is available.</summary>
    public bool IsAboveAvailable(int y) => y > _y || HasAbove;

    /// <summary>The first column and row of the coding tree block.</summary>
    public (int X, int Y) Origin => (_x, _y);

    /// <summary>The neighbors of a block, in samples of luma.</summary>
    /// <param name="x">First column.</param>
    /// <param name="y">First row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public NeighborAvailability Of(int x, int y, int width, int height)
    {
        bool left = IsLeftAvailable(x);
        bool above = IsAboveAvailable(y);
        bool corner = x > _x ? above : y > _y ? HasLeft : _corner;
        int lefts = !left ? 0 : height + (IsBelowLeftAvailable(x, y, height) ? Math.Clamp(_sequence.CodedHeight - y - height, 0, height) : 0);
        int aboveRights = IsAboveRightAvailable(x, y, width) ? Math.Clamp(_sequence.CodedWidth - x - width, 0, width) : 0;
        return new(lefts, corner, above, aboveRights);
    }

    private bool IsBelowLeftAvailable(int x, int y, int height)
    {
        int below = y + height - _y;
        return below < _size && (x == _x || ZScan(x - _x - 1, below) < ZScan(x - _x, y - _y));
    }

    private bool IsAboveRightAvailable(int x, int y, int width)
    {
        int right = x + width - _x;
        return y == _y
            ? right < _size ? HasAbove : HasAboveRight
            : right < _size && ZScan(right, y - _y - 1) < ZScan(x - _x, y - _y);
    }

    /// <summary>The order of a block of 4 × 4 in the coding tree block.</summary>
    private static int ZScan(int x, int y) => Spread[x >> 2] | (Spread[y >> 2] << 1);
}
