using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Self-synchronizing Huffman decoding (Klein and Wiseman, "Parallel Huffman decoding with applications to JPEG files", 2003): three lanes
/// decode three parts of the window at once, some thousands of blocks ahead of the consumer.
/// </summary>
/// <remarks>
/// <code>
/// window  |--------- a ---------|--------- b ---------|--------- c ---------|
/// lane a  =======================----
/// lane b                         ..=================== ----      = valid blocks
/// lane c                                               ..=======  - overlap into the next part
///                                                                 . not in step yet
/// </code>
/// Only lane a knows where its first block begins; b and c guess. A Huffman decoder that starts anywhere soon falls into step with one that
/// started right: from the first block that both begin at the same bit with the same tables, they read the same. So each lane decodes a little
/// into the next part. Where both begin a block at the same bit, the blocks of the next lane are valid from there on; where they do not meet,
/// its blocks are dropped, which costs only time. DC differences need no care here: the consumer accumulates them.
/// </remarks>
internal sealed class SpeculativeBlockDecoder : IDisposable
{
    /// <summary>
    /// Bits that a lane decodes into the next part. Of 2,400 joints in photos, 95 % were within 250 bytes of the next lane's start, all but
    /// 3 within 500.
    /// </summary>
    private const int Overlap = 8 * 500;

    /// <summary>Parts smaller than this are read in one lane.</summary>
    private const int SmallestPart = 4 * Overlap;

    /// <summary>No block has more bits: 64 codes of 16 bits and 15 additional bits.</summary>
    private const int MaxBitsOfBlock = 64 * 31;

    /// <summary>Blocks that a lane has room for: the records of all lanes stay in the second-level cache.</summary>
    private const int MaxBlocks = 1500;

    private readonly EntropyWindow _window;
    private readonly DecodeLane[] _lanes;

    // The valid blocks of each lane: from First up to End.
    private readonly (int First, int End)[] _decoded = new (int, int)[3];
    private int _bitsOfBlock = 64;

    /// <summary>The lane with the current block, and its index.</summary>
    private DecodeLane _lane;
    private int _laneIndex;

    /// <summary>Number of the current block in its lane; -1 before the first one.</summary>
    private int _block;

    /// <summary>The block after the lane's last valid one.</summary>
    private int _end;

    public SpeculativeBlockDecoder(EntropyWindow window, StepTable table)
    {
        _window = window;
        _lanes = [new(table, window.Bytes, MaxBlocks), new(table, window.Bytes, MaxBlocks), new(table, window.Bytes, MaxBlocks)];
        _lane = _lanes[0];
        Restart();
    }

    /// <summary>Bytes of the window that are consumed up to the end of the current block; the last one perhaps in part.</summary>
    public int Consumed => (_lane.StartOf(_block + 1) + 7) >> 3;

    /// <summary>Restarts at the beginning of the window, with the first block of an MCU.</summary>
    public void Restart()
    {
        Array.Clear(_decoded);
        _laneIndex = _lanes.Length - 1;
        _end = 0;
        _block = -1;
        _lane = _lanes[0];
        _lane.Begin(0, 0, 0);
    }

    /// <summary>Moves to the next block.</summary>
    /// <returns>False if it has an invalid code; blocks after it have no meaning then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext(out DecodeLane lane, out int block)
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
        foreach (DecodeLane lane in _lanes)
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
    /// <param name="bit">Offset of its first bit.</param>
    /// <param name="place">Its index in <see cref="StepTable.Blocks"/>.</param>
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
            DecodeLane only = _lanes[0];
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

        (DecodeLane a, DecodeLane b, DecodeLane c) = (_lanes[0], _lanes[1], _lanes[2]);
        int second = (bit + part) & ~7;
        int third = (bit + (2 * part)) & ~7;
        a.Begin(bit, place, limit);
        b.Begin(second, 0, limit);
        c.Begin(third, 0, limit);
        DecodeLane.Run(a, second + Overlap, b, third + Overlap, c, third + part);
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

    /// <summary>Ends the valid blocks of a lane where those of the next one begin. False where they do not meet.</summary>
    private bool Join(int index)
    {
        DecodeLane lane = _lanes[index];
        DecodeLane next = _lanes[index + 1];
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
