using System.Buffers;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The entropy-coded bytes between two markers with byte stuffing removed (T.81 B.1.1.5), a window at a time. Removing it here
/// and not in the bit reader makes refilling the bit reader one unconditional load.
/// </summary>
internal sealed class EntropyWindow(ByteSource file, int offset) : IDisposable
{
    /// <summary>A block takes at most 64 · (16 + 15) bits; readable zero bytes beyond the data spare the bit reader every check within one.</summary>
    public const int Padding = 512;

    /// <summary>More than the bytes that a bit reader holds, so that its place tells that it took bits that are not there.</summary>
    private const int BeyondEnd = 16;

    private const int Capacity = 64 * 1024;

    private readonly ByteSource _file = file;

    /// <summary>Offset in the file of the first byte that is not in the window.</summary>
    private int _offset = offset;

    private int _length;

    /// <summary>The unstuffed bytes, always followed by <see cref="Padding"/> bytes of 0.</summary>
    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(Capacity + Padding);

    /// <summary>True once a marker or the end of the file has been reached: nothing more comes.</summary>
    public bool Ended { get; private set; }

    /// <summary>The place after the last byte of data, once it is in sight.</summary>
    public int End => Ended ? _length : int.MaxValue;

    /// <summary>A block that begins at or after this place needs <see cref="Slide"/> first.</summary>
    public int SlideAt => Ended ? _length + BeyondEnd : _length - Padding;

    /// <summary>Forgets the bytes before <paramref name="position"/>, reads on, and returns the new place of that position.</summary>
    public int Slide(int position)
    {
        if (Ended)
        {
            return _length + BeyondEnd; // zeros from here on; no need to walk through them
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
    /// Goes to the data after the next marker if that is RST<paramref name="expected"/>, or one that lies shortly before it (a damaged
    /// stretch); does nothing but return false where another marker comes, which then ends the scan or is a later interval's (T.81 E.2.4).
    /// </summary>
    public bool Restart(int expected)
    {
        _file.Work.Check();
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
                break; // the expected marker is missing: its interval stays empty
            }

            at = MarkerSearch.Find(_file, at + 2);
        }

        // Leave the marker to whoever comes next.
        _offset = at;
        _length = 0;
        Ended = true;
        Bytes.AsSpan(0, Padding).Clear();
        return false;
    }

    /// <summary>True where no restart marker comes any more: <see cref="Restart"/> will find none.</summary>
    public bool EndsScan() => !IsRestart(FindEnd(), out _);

    /// <summary>Offset in the file of the first marker at or after the data that has been read; the file's length if there is none.</summary>
    public int FindEnd() => MarkerSearch.Find(_file, _offset);

    /// <summary>Fills an empty window for the first time.</summary>
    public void Fill()
    {
        _file.Work.Check();
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
                continue; // what follows the 0xFF has not arrived
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

    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);

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
}
