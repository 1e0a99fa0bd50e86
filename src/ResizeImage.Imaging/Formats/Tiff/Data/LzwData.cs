using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, the highest bit first. The width grows one code early. Programs before TIFF 5.0 wrote the
/// lowest bit first, and the width grows when it must; such data is recognized by its first code, which is the clear code. Strings are kept in
/// pieces of eight bytes, so all but long ones are written in one store.
/// </summary>
internal sealed class LzwData : TiffDataDecoder
{
    private const int MaxCodeBits = 12;
    private const int MaxCodes = 1 << MaxCodeBits;
    private const int Clear = 256;
    private const int MinWidth = 9;
    private const int Piece = sizeof(ulong);
    private const int None = -1;

    // Bytes decoded at once: few enough for a processor's cache, enough that little is moved.
    private const int Batch = 16 << 10;

    // The last piece of each code: 1 to 8 bytes from the lowest up.
    private readonly ulong[] _pieces = new ulong[MaxCodes];

    // A link of each code:
    //
    //   bit  31 … 24       23 … 12         11 … 0
    //        first byte    length less 1   code of the string before the last piece
    private readonly uint[] _links = new uint[MaxCodes];
    private readonly byte[] _buffer = new byte[Batch + MaxCodes];
    private readonly TiffBitReader _bits;
    private int _start;
    private int _end;
    private int _width;
    private int _next;
    private int _previous;
    private bool _isOld;
    private bool _ended;

    public LzwData(TiffSegmentData data)
    {
        _bits = new(data);
        for (int code = 0; code < Clear; code++)
        {
            _pieces[code] = (byte)code;
            _links[code] = (uint)code << 24;
        }
    }

    /// <summary>Bytes of the tables and of the buffer.</summary>
    public static long TableBytes => (MaxCodes * (sizeof(ulong) + sizeof(uint))) + Batch + MaxCodes;

    public override void Start(TiffSegment segment, long bytes)
    {
        _bits.Start(segment);
        int first = _bits.Peek(16);
        _isOld = first >> 8 == 0 && (first & 1) != 0;
        if (_isOld)
        {
            _bits.Start(segment, invert: true);
        }

        (_start, _end, _ended) = (0, 0, false);
        (_width, _next, _previous) = (MinWidth, Clear + 2, None);
    }

    public override bool TryReadRow(Span<byte> row)
    {
        while (!row.IsEmpty)
        {
            if (_start == _end)
            {
                if (_ended)
                {
                    return false;
                }

                (_start, _end) = (0, Decode());
                continue;
            }

            int count = Math.Min(row.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(row);
            _start += count;
            row = row[count..];
        }

        return true;
    }

    /// <summary>Decodes into the buffer while the longest string would fit, or up to the end.</summary>
    /// <returns>Bytes that were written.</returns>
    private int Decode()
    {
        int written = 0;
        while (written <= _buffer.Length - MaxCodes)
        {
            int code = TakeCode();
            if (_bits.Overrun || code == Clear + 1)
            {
                _ended = true;
                break;
            }

            if (code == Clear)
            {
                (_width, _next, _previous) = (MinWidth, Clear + 2, None);
                continue;
            }

            // Valid are codes in the table, and the one that is about to be added.
            if (code >= _next && (code > _next || _previous == None))
            {
                _ended = true;
                break;
            }

            if (_next < MaxCodes && _previous != None)
            {
                Add(code);
            }

            if ((_next + (_isOld ? 0 : 1)) >> _width != 0 && _width < MaxCodeBits)
            {
                _width++;
            }

            _previous = code;
            written += Write(code, _buffer.AsSpan(written));
        }

        return written;
    }

    private int TakeCode()
    {
        int code = _bits.Take(_width);
        if (!_isOld)
        {
            return code;
        }

        // The reader has reversed each byte; reversing the code restores the order of its bits.
        int reversed = 0;
        for (int i = 0; i < _width; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }

    /// <summary>A new code: the previous string plus the first byte of this one.</summary>
    private void Add(int code)
    {
        uint before = _links[_previous];
        uint added = (code == _next ? before : _links[code]) >> 24;
        uint length = ((before >> 12) & (MaxCodes - 1)) + 1;
        int place = (int)(length % Piece);
        (_pieces[_next], uint prefix) = place == 0
            ? (added, (uint)_previous)
            : (_pieces[_previous] | ((ulong)added << (8 * place)), before & (MaxCodes - 1));
        _links[_next++] = (before & 0xFF000000) | (length << 12) | prefix;
    }

    /// <summary>Writes a string from the last piece to the first.</summary>
    private int Write(int code, Span<byte> bytes)
    {
        uint link = _links[code];
        int last = (int)(link >> 12) & (MaxCodes - 1);
        for (int at = last & -Piece; ; at -= Piece)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], _pieces[code]);
            if (at == 0)
            {
                return last + 1;
            }

            code = (int)link & (MaxCodes - 1);
            link = _links[code];
        }
    }
}
