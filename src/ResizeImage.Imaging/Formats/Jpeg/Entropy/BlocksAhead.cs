using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Decodes the blocks of a sequential scan some thousands ahead of where they are wanted, from three places of the data at once.
/// </summary>
/// <remarks>
/// Where a block begins is known at the first place only. The other two are guesses; but a decoder of a Huffman code that starts anywhere soon
/// falls in step with one that started right, and from the first block on that begins at the same bit with the same tables, they read the
/// same. So each lane goes on a little into the next one's part, and where both have begun a block at the same place, the next one's blocks
/// are taken from there on. Where they do not meet, they are not taken, and all that is lost is time. Differences of DC coefficients make
/// no matter here: they are summed up by who takes the blocks.
/// </remarks>
internal sealed class BlocksAhead : IDisposable
{
    /// <summary>
    /// Bits that a lane goes on into the next one's part. Of 2,400 joints in photos, 95 % lay within 250 bytes of where the next one had begun,
    /// all but 3 within 500.
    /// </summary>
    private const int Overlap = 8 * 500;

    /// <summary>Parts smaller than this are read in one lane.</summary>
    private const int SmallestPart = 4 * Overlap;

    /// <summary>No block has more bits: 64 codes of 16 bits and 15 additional bits.</summary>
    private const int MaxBitsOfBlock = 64 * 31;

    /// <summary>Blocks that a lane has room for, so that the records of all lanes stay in the second-level cache.</summary>
    private const int MaxBlocks = 1500;

    private readonly EntropyWindow _window;
    private readonly Lane[] _lanes;

    // The blocks that were decoded: of each lane those from First up to End.
    private readonly (int First, int End)[] _decoded = new (int, int)[3];
    private int _bitsOfBlock = 64;

    /// <summary>The lane that has the present block, and its index.</summary>
    private Lane _lane;
    private int _laneIndex;

    /// <summary>Number of the present block in its lane; -1 before the first one.</summary>
    private int _block;

    /// <summary>The block after the last one of the lane that is taken.</summary>
    private int _end;

    public BlocksAhead(EntropyWindow window, StepTable table)
    {
        _window = window;
        _lanes = [new(table, window.Bytes, MaxBlocks), new(table, window.Bytes, MaxBlocks), new(table, window.Bytes, MaxBlocks)];
        _lane = _lanes[0];
        Restart();
    }

    /// <summary>Place in the window of the byte that holds the next bit after the present block.</summary>
    public int Consumed => _lane.StartOf(_block + 1) >> 3;

    /// <summary>Begins anew at the start of the window, with the first block of an MCU.</summary>
    public void Restart()
    {
        Array.Clear(_decoded);
        _laneIndex = _lanes.Length - 1;
        _end = 0;
        _block = -1;
        _lane = _lanes[0];
        _lane.Begin(0, 0, 0);
    }

    /// <summary>Goes to the next block.</summary>
    /// <returns>False if it has an invalid code; what comes after it is not to be used then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext(out Lane lane, out int block)
    {
        _block++;
        if (_block == _end)
        {
            NextLane();
        }

        lane = _lane;
        block = _block;
        return lane.IsValid(block);
    }

    public void Dispose()
    {
        foreach (Lane lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private void NextLane()
    {
        int bit = _lane.StartOf(_block);
        int place = _lane.PlaceOf(_block);
        do
        {
            _laneIndex++;
            if (_laneIndex == _lanes.Length)
            {
                DecodeAhead(bit, place);
                _laneIndex = 0;
            }

            (_block, _end) = _decoded[_laneIndex];
        }
        while (_block == _end);
        _lane = _lanes[_laneIndex];
    }

    /// <summary>Decodes at least one block.</summary>
    /// <param name="bit">Place of its first bit.</param>
    /// <param name="place">Its place in <see cref="StepTable.Blocks"/>.</param>
    private void DecodeAhead(int bit, int place)
    {
        if (bit >> 3 >= _window.SlideAt)
        {
            bit = (_window.Slide(bit >> 3) << 3) | (bit & 7);
        }

        // A block that begins before SlideAt may be read to its end.
        int end = Math.Max(Math.Min(_window.SlideAt, _window.End) << 3, bit) + 1;
        int limit = end + MaxBitsOfBlock + 64;
        int part = Math.Min((end - bit) * 8 / 25, _bitsOfBlock * MaxBlocks * 3 / 4);
        if (part < SmallestPart)
        {
            Lane only = _lanes[0];
            only.Begin(bit, place, limit);
            only.Run(end);
            for (int goal = end; only.Blocks == 0; goal += 64)
            {
                only.Run(goal);
            }

            _decoded[0] = (0, only.Blocks);
            _decoded[1] = _decoded[2] = default;
            return;
        }

        (Lane a, Lane b, Lane c) = (_lanes[0], _lanes[1], _lanes[2]);
        int second = (bit + part) & ~7;
        int third = (bit + (2 * part)) & ~7;
        a.Begin(bit, place, limit);
        b.Begin(second, 0, limit);
        c.Begin(third, 0, limit);
        Lane.Run(a, second + Overlap, b, third + Overlap, c, third + part);
        a.Run(second + Overlap);
        b.Run(third + Overlap);
        _bitsOfBlock = Math.Max((a.Bit - bit) / a.Blocks, 1);
        _decoded[0] = (0, a.Blocks);
        _decoded[1] = _decoded[2] = default;
        if (Join(0))
        {
            Join(1);
        }
    }

    /// <summary>Ends what is taken of a lane where the next one goes on. False where they do not meet.</summary>
    private bool Join(int index)
    {
        Lane lane = _lanes[index];
        Lane next = _lanes[index + 1];
        int mine = Math.Max(lane.FirstFrom(next.StartOf(0)), _decoded[index].First);
        int theirs = 0;
        while (mine < lane.Blocks && theirs < next.Blocks)
        {
            int ahead = lane.StartOf(mine) - next.StartOf(theirs);
            if (ahead == 0 && lane.PlaceOf(mine) == next.PlaceOf(theirs))
            {
                _decoded[index].End = mine;
                _decoded[index + 1] = (theirs, next.Blocks);
                return true;
            }

            if (ahead > 0)
            {
                theirs++;
            }
            else
            {
                mine++;
            }
        }

        return false;
    }
}
