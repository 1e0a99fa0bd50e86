namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// PackBits (TIFF 6.0, section 9): a byte n of 0 to 127 precedes n + 1 bytes as they are; −1 to −127 precedes a byte that is repeated 1 − n
/// times; −128 means nothing. Packets may cross the ends of rows, which TIFF forbids and some programs write.
/// </summary>
internal sealed class PackBitsData(TiffSegmentData data) : TiffDataDecoder
{
    private ReadOnlyMemory<byte> _piece;
    private int _at;
    private int _copies;
    private int _repeats;
    private byte _repeated;

    public override void Start(TiffSegment segment, long bytes)
    {
        data.Start(segment);
        (_piece, _at, _copies, _repeats) = (default, 0, 0, 0);
    }

    public override bool TryReadRow(Span<byte> row)
    {
        while (!row.IsEmpty)
        {
            if (_repeats > 0)
            {
                int count = Math.Min(_repeats, row.Length);
                row[..count].Fill(_repeated);
                row = row[count..];
                _repeats -= count;
            }
            else if (!HasByte())
            {
                return false;
            }
            else if (_copies > 0)
            {
                int count = Math.Min(Math.Min(_copies, row.Length), _piece.Length - _at);
                _piece.Span.Slice(_at, count).CopyTo(row);
                row = row[count..];
                _at += count;
                _copies -= count;
            }
            else if (!TryReadPacket())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadPacket()
    {
        int n = (sbyte)_piece.Span[_at++];
        if (n >= 0)
        {
            _copies = n + 1;
        }
        else if (n != sbyte.MinValue)
        {
            if (!HasByte())
            {
                return false;
            }

            _repeats = 1 - n;
            _repeated = _piece.Span[_at++];
        }

        return true;
    }

    private bool HasByte()
    {
        if (_at == _piece.Length)
        {
            (_piece, _at) = (data.Next(), 0);
        }

        return !_piece.IsEmpty;
    }
}
