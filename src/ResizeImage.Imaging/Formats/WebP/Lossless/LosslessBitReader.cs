using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Reads bits, the lowest of each byte first (RFC 9649, 3.3). Zeros follow the end of the data. Hot loops copy it to a local, which the
/// compiler then keeps in registers.
/// </summary>
internal ref struct LosslessBitReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;

    // The next bits, from the lowest one on. Bits above the loaded ones are zero or already correct.
    private ulong _value;
    private int _bits;

    /// <param name="data">All of the data.</param>
    /// <param name="state">Where to continue; the default is the beginning.</param>
    public LosslessBitReader(ReadOnlySpan<byte> data, State state)
    {
        _data = data;
        (_position, _value, _bits) = state;
    }

    /// <summary>The state from which another <see cref="LosslessBitReader"/> over the same data continues.</summary>
    public readonly State Current => new(_position, _value, _bits);

    /// <summary>More was read than the data has.</summary>
    public readonly bool IsExhausted => (8L * _position) - _bits > 8L * _data.Length;

    /// <summary>The next bits, the first one lowest. After <see cref="Fill"/>, 56 of them are valid, less those consumed since.</summary>
    public readonly ulong Next => _value;

    /// <summary>Moves past bits.</summary>
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

    /// <summary>Loads bits until at least 56 are valid.</summary>
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

    /// <summary>The position in the data.</summary>
    internal readonly record struct State(int Position, ulong Value, int Bits);
}
