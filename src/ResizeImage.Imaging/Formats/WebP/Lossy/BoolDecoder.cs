using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The boolean entropy decoder (RFC 6386, 7): reads bools of known probability. Zeros follow the end of the data. Hot loops copy it to a
/// local, which the compiler then keeps in registers.
/// </summary>
internal ref struct BoolDecoder
{
    private const int ValueBits = 8 * sizeof(ulong);

    // Seven bytes always fit when fewer than eight bits are left.
    private const int BytesAtOnce = 7;

    private readonly ReadOnlySpan<byte> _data;
    private int _position;

    // The next bits, from the highest one on. Bits below the loaded ones are zero or already correct.
    private ulong _value;

    // Loaded bits without the eight that the next bool needs.
    private int _bits;

    // 128 to 255 between bools.
    private uint _range;

    /// <param name="data">One partition.</param>
    public BoolDecoder(ReadOnlySpan<byte> data)
        : this(data, new State(0, 0, -8, 255))
    {
    }

    /// <param name="data">One partition.</param>
    /// <param name="state">Where to continue.</param>
    public BoolDecoder(ReadOnlySpan<byte> data, State state)
    {
        _data = data;
        (_position, _value, _bits, _range) = state;
    }

    /// <summary>The state from which another <see cref="BoolDecoder"/> over the same data continues.</summary>
    public readonly State Current => new(_position, _value, _bits, _range);

    /// <summary>More was read than the data has. A valid file never gets here: that takes eight bits beyond the last meaningful one.</summary>
    public readonly bool IsExhausted => (8L * _position) - (_bits + 8) > 8L * _data.Length;

    /// <summary>Reads a bool that is false with probability / 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Read(uint probability)
    {
        if (_bits < 0)
        {
            Fill();
        }

        uint split = 1 + (((_range - 1) * probability) >> 8);
        ulong bigSplit = (ulong)split << (ValueBits - 8);
        bool result = _value >= bigSplit;
        if (result)
        {
            _range -= split;
            _value -= bigSplit;
        }
        else
        {
            _range = split;
        }

        int shift = BitOperations.LeadingZeroCount(_range) - 24;
        _range <<= shift;
        _value <<= shift;
        _bits -= shift;
        return result;
    }

    /// <summary>Reads a bool of even odds and applies it as a sign: true is minus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadSign(int magnitude)
    {
        if (_bits < 0)
        {
            Fill();
        }

        // Any range but the first, which is never used for a sign, is at most 254: both halves are 64 to 127, and one shift normalizes them.
        // There is no branch: it would be mispredicted half the time.
        uint split = (_range + 1) >> 1;
        ulong bigSplit = (ulong)split << (ValueBits - 8);
        int mask = -(_value >= bigSplit ? 1 : 0);
        _value = (_value - (bigSplit & (ulong)(long)mask)) << 1;
        uint range = split + ((uint)mask & (_range - (2 * split)));
        _range = range << 1;
        _bits--;
        return (magnitude ^ mask) - mask;
    }

    /// <summary>Reads an unsigned number, highest bit first, each bit of even odds (RFC 6386, 8: L(n)).</summary>
    public int ReadLiteral(int bits)
    {
        int value = 0;
        for (; bits > 0; bits--)
        {
            value = (2 * value) + (ReadFlag() ? 1 : 0);
        }

        return value;
    }

    /// <summary>Reads a number, then its sign.</summary>
    public int ReadSigned(int bits)
    {
        int magnitude = ReadLiteral(bits);
        return ReadFlag() ? -magnitude : magnitude;
    }

    /// <summary>Reads a flag and, only if it is set, a signed number; 0 if it is not.</summary>
    public int ReadOptional(int bits) => ReadFlag() ? ReadSigned(bits) : 0;

    /// <summary>Reads a bool of even odds.</summary>
    public bool ReadFlag() => Read(128);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill()
    {
        ulong next = _position <= _data.Length - sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64BigEndian(_data[_position..])
            : Tail(_data, _position);
        _value |= next >> (_bits + 8);
        _position += BytesAtOnce;
        _bits += 8 * BytesAtOnce;
    }

    // Static, so that the decoder's address is not taken.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Tail(ReadOnlySpan<byte> data, int position)
    {
        ulong next = 0;
        for (int i = 0; i < sizeof(ulong); i++)
        {
            next = (next << 8) | (position + i < data.Length ? data[position + i] : 0u);
        }

        return next;
    }

    /// <summary>The position in a partition.</summary>
    internal readonly record struct State(int Position, ulong Value, int Bits, uint Range);
}
