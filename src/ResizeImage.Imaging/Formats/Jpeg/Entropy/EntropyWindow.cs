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
/// </summary>
internal sealed class EntropyWindow(ByteSource file, int offset) : IDisposable
{
    /// <summary>Zero bytes after the data. A block has at most 64 · (16 + 15) bits, so the bit reader needs no check within a block.</summary>
    public const int Padding = 512;

    /// <summary>More bytes than a bit reader holds: a reader that is this far beyond the data has consumed bits after its end.</summary>
    private const int BeyondEnd = 16;

    private const int Capacity = 64 * 1024;

    private readonly ByteSource _file = file;

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
        Bytes.AsSpan(0, Padding).Clear();
        return false;
    }

    /// <summary>True if no restart marker follows.</summary>
    public bool EndsScan() => !IsRestart(FindEnd(), out _);

    /// <summary>Offset in the file of the first marker after the data read so far; the file's length if there is none.</summary>
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
