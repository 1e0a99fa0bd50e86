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
/// <para>
/// Where restart intervals are short, the lanes decode three intervals, and none has to guess. Of 40 photos, the 9 with short intervals take 0.8
/// of the time.
/// </para>
/// </remarks>
internal sealed class SpeculativeBlockDecoder : IDisposable
{
    /// <summary>
    /// Bits that a lane decodes into the next part. Of 2,400 joints in photos, 95 % were within 250 bytes of the next lane's start, all but
    /// 3 within 500.
    /// </summary>
    private const int MaxOverlap = 8 * 500;

    /// <summary>The same in blocks, for photos with few bits a block.</summary>
    private const int BlocksOfOverlap = 200;

    /// <summary>Parts smaller than this many overlaps are read in one lane.</summary>
    private const int OverlapsOfPart = 4;

    /// <summary>A window of this many bytes has parts that are not too small.</summary>
    private const int SmallestWindow = (OverlapsOfPart * MaxOverlap * 25 / 8 / 8) + 1;

    /// <summary>No block has more bits: 64 codes of 16 bits and 15 additional bits.</summary>
    private const int MaxBitsOfBlock = 64 * 31;

    /// <summary>Blocks of a part, if they have as many bits as those before: the records of all lanes stay in the second-level cache.</summary>
    private const int MaxBlocksOfPart = 1125;

    /// <summary>
    /// Blocks that a lane has room for, at least: parts with fewer bits a block, and the overlap. With room for 2,000, lanes ran out of it in a
    /// third of the parts of a flat photo, which took 8 % longer.
    /// </summary>
    private const int MinRoom = 2500;

    /// <summary>Restart intervals of more blocks than this are not decoded at once to their end.</summary>
    private const int MaxRoom = 9000;

    private readonly EntropyWindow _window;
    private readonly DecodeLane[] _lanes;

    // The valid blocks of each lane: from First up to End.
    private readonly (int First, int End)[] _decoded = new (int, int)[3];
    private int _bitsOfBlock = 64;

    // For each lane, the first bit and the number of valid blocks of an interval that the scan has not reached; and the window's state then.
    private readonly (int FirstBit, int Blocks)[] _waiting = new (int, int)[3];
    private int _fills;

    /// <summary>The lane with the current block, and its index.</summary>
    private DecodeLane _lane;
    private int _laneIndex;

    /// <summary>Number of the current block in its lane; -1 before the first one.</summary>
    private int _block;

    /// <summary>The block after the lane's last valid one.</summary>
    private int _end;

    /// <param name="window">The entropy-coded data.</param>
    /// <param name="table">The steps.</param>
    /// <param name="blocksOfInterval">Blocks of a restart interval; 0 if there are none.</param>
    public SpeculativeBlockDecoder(EntropyWindow window, StepTable table, long blocksOfInterval)
    {
        _window = window;

        // A lane that is through with its interval runs on until the others are.
        int room = (int)Math.Clamp(blocksOfInterval * 3 / 2, MinRoom, MaxRoom);
        _lanes = [new(table, window.Bytes, room), new(table, window.Bytes, room), new(table, window.Bytes, room)];
        _lane = _lanes[0];
        Restart();
    }

    /// <summary>Bytes of the window that are consumed up to the end of the current block; the last one perhaps in part.</summary>
    public int Consumed => (_lane.StartOf(_block + 1) + 7) >> 3;

    /// <summary>Restarts at the beginning of the window's current interval, with the first block of an MCU.</summary>
    public void Restart()
    {
        Array.Clear(_decoded);
        _end = 0;
        _block = -1;
        int firstBit = _window.Start << 3;
        for (int i = 1; i < _lanes.Length; i++)
        {
            if (_waiting[i].Blocks > 0 && _waiting[i].FirstBit == firstBit && _fills == _window.Fills)
            {
                _decoded[i] = (0, _waiting[i].Blocks);
                _lane = _lanes[i];
                _laneIndex = i - 1;
                return;
            }
        }

        _laneIndex = _lanes.Length - 1;
        _lane = _lanes[0];
        _lane.Begin(firstBit, 0, 0);
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
        Array.Clear(_waiting);
        if (bit == _window.Start << 3)
        {
            if (_window.IntervalsAhead < 2)
            {
                _window.ReadAhead();
                bit = _window.Start << 3;
            }

            if (_window.IntervalsAhead >= 2)
            {
                DecodeIntervals(bit);
                return;
            }
        }

        // A remainder that is too small for three lanes waits for more data: one lane takes twice as long for it.
        int left = _window.SlideAt - (bit >> 3);
        if (left <= 0 || (!_window.Ended && left < SmallestWindow && left < _window.SlideAt / 2))
        {
            bit = (_window.Slide(bit >> 3) << 3) | (bit & 7);
        }

        // A block that begins before SlideAt may be read to its end.
        int end = Math.Max(Math.Min(_window.SlideAt, _window.End) << 3, bit) + 1;
        int limit = end + MaxBitsOfBlock + 64;
        int part = Math.Min((end - bit) * 8 / 25, _bitsOfBlock * MaxBlocksOfPart);
        int overlap = Math.Min(_bitsOfBlock * BlocksOfOverlap, MaxOverlap);
        if (part < OverlapsOfPart * overlap)
        {
            DecodeLane only = _lanes[0];
            only.Begin(bit, place, limit);
            only.Run(end);
            for (int goal = end; only.Blocks == 0; goal += 64)
            {
                only.Run(goal);
            }

            _bitsOfBlock = Math.Max((only.Bit - bit) / only.Blocks, 1);
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
        DecodeLane.Run(a, second + overlap, b, third + overlap, c, third + part);
        a.Run(second + overlap);
        b.Run(third + overlap);
        _bitsOfBlock = Math.Max((a.Bit - bit) / a.Blocks, 1);
        _decoded[0] = (0, a.Blocks);
        _decoded[1] = _decoded[2] = default;
        if (Join(0))
        {
            Join(1);
        }
    }

    /// <summary>Decodes the current interval and the next two. The lanes may run on into data that follow; those blocks do not count.</summary>
    /// <param name="bit">Offset of the first bit of the current interval.</param>
    private void DecodeIntervals(int bit)
    {
        (DecodeLane a, DecodeLane b, DecodeLane c) = (_lanes[0], _lanes[1], _lanes[2]);
        (int second, int endOfSecond) = _window.IntervalAhead(0);
        (int third, int endOfThird) = _window.IntervalAhead(1);

        // A block that begins at the end is read from the zeros there.
        (int goalOfA, int goalOfB, int goalOfC) = ((_window.End << 3) + 1, (endOfSecond << 3) + 1, (endOfThird << 3) + 1);
        int limit = goalOfC + MaxBitsOfBlock + 64;
        a.Begin(bit, 0, limit);
        b.Begin(second << 3, 0, limit);
        c.Begin(third << 3, 0, limit);
        DecodeLane.Run(a, goalOfA, b, goalOfB, c, goalOfC);
        for (int goal = goalOfA; goal == goalOfA || a.Blocks == 0; goal += 64)
        {
            a.Run(goal);
        }

        b.Run(goalOfB);
        c.Run(goalOfC);
        _decoded[0] = (0, a.FirstFrom(goalOfA));
        _decoded[1] = _decoded[2] = default;
        _waiting[1] = (second << 3, b.FirstFrom(goalOfB));
        _waiting[2] = (third << 3, c.FirstFrom(goalOfC));
        _fills = _window.Fills;
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
