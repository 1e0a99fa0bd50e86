using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Reads bits, the lowest of each byte first (RFC 9649, 3.3). Beyond the end of the data there are zeros. Loops that matter copy it to a
/// local, which the compiler then keeps in registers.
/// </summary>
internal ref struct LosslessBitReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;

    // The next bits, from the lowest one on; what is above those that are loaded is either zero or already right.
    private ulong _value;
    private int _bits;

    /// <param name="data">All of it.</param>
    /// <param name="state">Where reading it was left; the default is its beginning.</param>
    public LosslessBitReader(ReadOnlySpan<byte> data, State state)
    {
        _data = data;
        (_position, _value, _bits) = state;
    }

    /// <summary>What continues in another <see cref="LosslessBitReader"/> over the same data.</summary>
    public readonly State Current => new(_position, _value, _bits);

    /// <summary>More was read than the data holds.</summary>
    public readonly bool IsExhausted => (8L * _position) - _bits > 8L * _data.Length;

    /// <summary>The next bits, the first one lowest. 56 of them are right after <see cref="Fill"/>, less those consumed since.</summary>
    public readonly ulong Next => _value;

    /// <summary>Goes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Consume(int bits)
    {
        _value >>= bits;
        _bits -= bits;
    }

    /// <summary>Reads up to 24 bits as a number.</summary>
    public uint Read(int bits)
    {
        Fill();
        return ReadFilled(bits);
    }

    /// <summary>Reads up to 24 bits that are known to be loaded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadFilled(int bits)
    {
        uint value = (uint)_value & ((1u << bits) - 1);
        Consume(bits);
        return value;
    }

    /// <summary>Loads bits, so that at least 56 are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        ulong next = _position <= _data.Length - sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(_data[_position..])
            : Tail(_data, _position);
        _value |= next << _bits;
        _position += (63 - _bits) >> 3;
        _bits |= 56;
    }

    // Static, so that the reader's address is not taken.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Tail(ReadOnlySpan<byte> data, int position)
    {
        ulong next = 0;
        for (int i = sizeof(ulong) - 1; i >= 0; i--)
        {
            next = (next << 8) | (position + i < data.Length ? data[position + i] : 0u);
        }

        return next;
    }

    /// <summary>Where reading stands.</summary>
    internal readonly record struct State(int Position, ulong Value, int Bits);
}
