namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The bytes of one segment after the other, in pieces, with bits in the usual order.</summary>
/// <param name="file">The whole file.</param>
/// <param name="isReversed">The file has bits in the order of FillOrder 2.</param>
internal sealed class TiffSegmentData(ByteSource file, bool isReversed)
{
    private const int PieceBytes = 16 << 10;

    // Units of work for a byte that was read before: segments may overlap, and then the file's size bounds nothing.
    private const int WorkOfRepeatedByte = 12;

    private readonly byte[] _reversed = new byte[PieceBytes];
    private int _position;
    private int _end;
    private bool _reverse;
    private long _read;

    /// <summary>Starts a segment.</summary>
    /// <param name="segment">Within the file.</param>
    /// <param name="invert">Reverses the bits of bytes once more, for data whose codes begin with the lowest bit.</param>
    public void Start(TiffSegment segment, bool invert = false)
    {
        _position = segment.Offset;
        _end = segment.Offset + segment.Length;
        _reverse = isReversed != invert;
    }

    /// <summary>The next bytes, valid until the next call; empty at the end of the segment.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        int count = Math.Min(PieceBytes, _end - _position);
        _read += count;
        if (_read > file.Length)
        {
            file.Work.Spend((long)WorkOfRepeatedByte * count);
        }

        file.Work.Check();
        ReadOnlyMemory<byte> piece = file.Read(_position, count);
        _position += count;
        if (!_reverse)
        {
            return piece;
        }

        for (int i = 0; i < count; i++)
        {
            _reversed[i] = Reverse(piece.Span[i]);
        }

        return _reversed.AsMemory(0, count);
    }

    /// <summary>The bits of a byte in the opposite order: swaps halves, pairs, then neighbors.</summary>
    private static byte Reverse(byte value)
    {
        int bits = (value >> 4) | (value << 4);
        bits = ((bits & 0xCC) >> 2) | ((bits & 0x33) << 2);
        return (byte)(((bits & 0xAA) >> 1) | ((bits & 0x55) << 1));
    }
}
