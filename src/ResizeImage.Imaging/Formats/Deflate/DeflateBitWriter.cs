using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>Packs bits into bytes, least significant bit first (RFC 1951, 3.1.1).</summary>
internal sealed class DeflateBitWriter
{
    private byte[] _bytes = new byte[4096];
    private int _length;
    private ulong _pending;
    private int _count;

    /// <summary>The complete bytes so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Bits in an incomplete last byte, 0 to 7.</summary>
    public int UnalignedBits => _count & 7;

    /// <summary>Appends the low bits of a value, the lowest first.</summary>
    /// <param name="value">No bits above <paramref name="count"/> are set.</param>
    /// <param name="count">0 to 32.</param>
    public void Write(uint value, int count)
    {
        _pending |= (ulong)value << _count;
        _count += count;
        if (_count >= 32)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), (uint)_pending);
            _pending >>= 32;
            _count -= 32;
        }
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        for (; _count > 0; _count -= 8)
        {
            Reserve(1)[0] = (byte)_pending;
            _pending >>= 8;
        }

        _count = 0;
    }

    /// <summary>Appends whole bytes. Call <see cref="Align"/> first.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, _length + count)));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
