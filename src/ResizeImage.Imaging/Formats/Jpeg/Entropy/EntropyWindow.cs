using System.Buffers;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A window on the entropy-coded bytes between two markers, with byte stuffing removed (T.81 B.1.1.5). Because the window removes it, the bit
/// reader refills with one unconditional load.
/// <code>
/// 0            SlideAt             _length             _length + Padding
/// | data       | data              | zeros             |      Ended is false
/// 0            _length = End       SlideAt             _length + Padding
/// | data       | zeros (BeyondEnd) | zeros             |      Ended is true
/// </code>
/// Where restart intervals are short, those after the current one follow in the same window (<see cref="ReadAhead"/>):
/// <code>
/// Start              End                 + Padding
/// | current interval | zeros             | next interval | zeros | ...
/// </code>
/// </summary>
internal sealed class EntropyWindow(ByteSource file, int offset) : IDisposable
{
    /// <summary>Zero bytes after the data. A block has at most 64 · (16 + 15) bits, so the bit reader needs no check within a block.</summary>
    public const int Padding = 512;

    /// <summary>More bytes than a bit reader holds: a reader that is this far beyond the data has consumed bits after its end.</summary>
    private const int BeyondEnd = 16;

    private const int Capacity = 64 * 1024;

    /// <summary>The window reads ahead only where more than this many intervals fit.</summary>
    private const int ShortInterval = Capacity / 8;

    private readonly ByteSource _file = file;

    /// <summary>Restart intervals after one that was the current one, in order; the first <see cref="_taken"/> have become the current one.</summary>
    private readonly List<Interval> _ahead = [];
    private int _taken;

    /// <summary>True once <see cref="_ahead"/> has the last interval of the scan.</summary>
    private bool _hasLast;

    /// <summary>Offset in the file of the first byte after the window.</summary>
    private int _offset = offset;

    private int _length;

    /// <summary>The unstuffed bytes, followed by <see cref="Padding"/> bytes of 0.</summary>
    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(Capacity + Padding);

    /// <summary>True once the window has reached a marker or the end of the file.</summary>
    public bool Ended { get; private set; }

    /// <summary>The position after the last byte of data, once the window has reached it.</summary>
    public int End => Ended ? _length : int.MaxValue;

    /// <summary>Before a block that begins at or after this position, call <see cref="Slide"/>.</summary>
    public int SlideAt => Ended ? _length + BeyondEnd : _length - Padding;

    /// <summary>Offset of the first byte of the current interval; 0 unless intervals were read ahead.</summary>
    public int Start { get; private set; }

    /// <summary>Number of intervals after the current one that are in the window.</summary>
    public int IntervalsAhead => _ahead.Count - _taken;

    /// <summary>How often the bytes changed; offsets from before a change have no meaning.</summary>
    public int Fills { get; private set; }

    /// <summary>The first byte of an interval after the current one, and the one after its last byte.</summary>
    /// <param name="index">Less than <see cref="IntervalsAhead"/>.</param>
    public (int Start, int End) IntervalAhead(int index) => (_ahead[_taken + index].Start, _ahead[_taken + index].End);

    /// <summary>Discards the bytes before <paramref name="position"/> and reads more.</summary>
    /// <returns>The new position of the same byte.</returns>
    public int Slide(int position)
    {
        if (Ended)
        {
            return _length + BeyondEnd; // only zeros follow; skip them
        }

        int kept = Math.Max(0, _length - position);
        if (kept > 0)
        {
            Bytes.AsSpan(position, kept).CopyTo(Bytes);
        }

        _length = kept;
        Fill();
        return 0;
    }

    /// <summary>
    /// Moves to the data after the marker RST<paramref name="expected"/>. After a damaged stretch, skips restart markers of earlier intervals.
    /// Returns false at any other marker: it ends the scan or begins a later interval (T.81 E.2.4).
    /// </summary>
    public bool Restart(int expected)
    {
        _file.Work.Check();
        if (IntervalsAhead > 0 && _ahead[_taken].Number == expected)
        {
            (Start, _length, _offset, _) = _ahead[_taken++];
            return true;
        }

        ForgetIntervals();
        int at = MarkerSearch.Find(_file, _offset);
        while (IsRestart(at, out int number))
        {
            int ahead = (number - expected) & 7;
            if (ahead == 0)
            {
                _offset = at + 2;
                _length = 0;
                Ended = false;
                Fill();
                return true;
            }

            if (ahead <= 2)
            {
                break; // the expected marker is missing, and its interval stays empty
            }

            at = MarkerSearch.Find(_file, at + 2);
        }

        // The next reader needs this marker.
        _offset = at;
        _length = 0;
        Ended = true;
        Fills++;
        Bytes.AsSpan(0, Padding).Clear();
        return false;
    }

    /// <summary>
    /// Reads more intervals into the window if the current one is short. Call it only before any of the current one is consumed: its offset
    /// changes. Short intervals are frequent: 9 of 40 photos have them, four of these with 4 MCUs each.
    /// </summary>
    public void ReadAhead()
    {
        int length = _length - Start;
        if (!Ended || _hasLast || length > ShortInterval)
        {
            return;
        }

        _file.Work.Check();
        Bytes.AsSpan(Start, length + Padding).CopyTo(Bytes);
        ForgetIntervals();
        Fills++;
        int end = _offset;
        int next = length + Padding;
        while (Ended && next < Capacity)
        {
            int marker = MarkerSearch.Find(_file, _offset);
            _hasLast = !IsRestart(marker, out int number);
            if (_hasLast)
            {
                break;
            }

            (_length, _offset, Ended) = (next, marker + 2, false);
            Load();
            if (Ended)
            {
                _ahead.Add(new Interval(next, _length, _offset, number));
                next = _length + Padding;
            }
        }

        (_length, _offset, Ended) = (length, end, true);
    }

    /// <summary>True if no restart marker follows.</summary>
    public bool EndsScan() => !IsRestart(FindEnd(), out _);

    /// <summary>Offset in the file of the first marker after the data read so far; the file's length if there is none.</summary>
    public int FindEnd() => MarkerSearch.Find(_file, _offset);

    /// <summary>Fills an empty window for the first time.</summary>
    public void Fill()
    {
        _file.Work.Check();
        Fills++;
        Load();
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);

    /// <summary>Unstuffs bytes from <see cref="_offset"/> to <see cref="_length"/>.</summary>
    private void Load()
    {
        ReadOnlySpan<byte> file = default;
        while (_length < Capacity)
        {
            if (file.Length < Math.Min(_offset + 2, _file.Length))
            {
                file = _file.WaitFor((long)_offset + Capacity);
            }

            ReadOnlySpan<byte> rest = file.Slice(_offset, Math.Min(Capacity - _length, file.Length - _offset));
            int stuffed = rest.IndexOf((byte)0xFF);
            int plain = stuffed < 0 ? rest.Length : stuffed;
            rest[..plain].CopyTo(Bytes.AsSpan(_length));
            _length += plain;
            _offset += plain;
            if (stuffed < 0)
            {
                if (_offset == _file.Length)
                {
                    Ended = true;
                    break;
                }

                continue;
            }

            if (_offset + 1 == file.Length && file.Length < _file.Length)
            {
                continue; // the byte after 0xFF has not arrived
            }

            if (_offset + 1 < file.Length && file[_offset + 1] == 0)
            {
                Bytes[_length++] = 0xFF;
                _offset += 2;
            }
            else
            {
                Ended = true;
                break;
            }
        }

        Bytes.AsSpan(_length, Padding).Clear();
    }

    private void ForgetIntervals()
    {
        _ahead.Clear();
        _taken = 0;
        Start = 0;
    }

    private bool IsRestart(int marker, out int number)
    {
        number = 0;
        if (marker >= _file.Length - 1)
        {
            return false;
        }

        byte code = _file.WaitFor(marker + 2)[marker + 1];
        number = code & 7;
        return JpegMarker.IsRestart(code);
    }

    /// <summary>A restart interval in the window.</summary>
    /// <param name="Start">Offset of its first byte.</param>
    /// <param name="End">Offset of the byte after its last one.</param>
    /// <param name="FileEnd">Offset in the file of the marker after it.</param>
    /// <param name="Number">The number of the restart marker before it.</param>
    private readonly record struct Interval(int Start, int End, int FileEnd, int Number);
}
