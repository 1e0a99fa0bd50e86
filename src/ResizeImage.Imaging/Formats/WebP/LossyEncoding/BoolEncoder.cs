using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The boolean entropy encoder (RFC 6386, 7): the inverse of <see cref="BoolDecoder"/>.</summary>
internal sealed class BoolEncoder
{
    // A bool shifts by at most 7 bits: 8 bits of the range, a carry, and 41 + 7 pending ones are below 64.
    private const int MaxPending = 41;

    private byte[] _bytes;
    private int _length;

    // The lower end of the interval: a carry bit, eight bits of the range's size, and pending bits, which are not yet bytes:
    //
    //   bit  8 + pending    7 + pending … pending    pending − 1 … 0
    //        carry          the next byte            bits behind it
    private ulong _low;
    private int _pending;

    // 128 to 255 between bools.
    private uint _range = 255;

    /// <param name="capacity">Bytes to expect.</param>
    public BoolEncoder(int capacity) => _bytes = new byte[Math.Max(capacity, 64)];

    /// <summary>Writes a bool that is false with probability / 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(bool value, int probability)
    {
        uint split = 1 + (((_range - 1) * (uint)probability) >> 8);
        if (value)
        {
            _low += split;
            _range -= split;
        }
        else
        {
            _range = split;
        }

        int shift = BitOperations.LeadingZeroCount(_range) - 24;
        _range <<= shift;
        _low <<= shift;
        _pending += shift;
        if (_pending > MaxPending)
        {
            Drain();
        }
    }

    /// <summary>Writes a bool of even odds.</summary>
    public void WriteFlag(bool value) => Write(value, 128);

    /// <summary>Writes an unsigned number, highest bit first, each bit of even odds (RFC 6386, 8: L(n)).</summary>
    public void WriteLiteral(int value, int bits)
    {
        for (int bit = bits - 1; bit >= 0; bit--)
        {
            WriteFlag(((value >> bit) & 1) != 0);
        }
    }

    /// <summary>Writes a flag and, if the number is not 0, its magnitude and sign.</summary>
    public void WriteOptional(int value, int bits)
    {
        WriteFlag(value != 0);
        if (value != 0)
        {
            WriteSigned(value, bits);
        }
    }

    /// <summary>Writes a magnitude, then its sign.</summary>
    public void WriteSigned(int value, int bits)
    {
        WriteLiteral(Math.Abs(value), bits);
        WriteFlag(value < 0);
    }

    /// <summary>Ends the partition.</summary>
    /// <returns>Valid until this object is gone; write no more.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        // The lower end itself, filled up to whole bytes.
        Shift(-_pending & 7);
        Shift(8);
        return _bytes.AsSpan(0, _length);
    }

    private void Shift(int bits)
    {
        _low <<= bits;
        _pending += bits;
        Drain();
    }

    /// <summary>Moves pending bits to bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drain()
    {
        while (_pending >= 8)
        {
            ulong top = _low >> _pending;
            if (top > 255)
            {
                Carry();
            }

            if (_length == _bytes.Length)
            {
                Array.Resize(ref _bytes, checked(2 * _length));
            }

            _bytes[_length++] = (byte)top;
            _low &= (1UL << _pending) - 1;
            _pending -= 8;
        }
    }

    private void Carry()
    {
        int at = _length - 1;
        for (; _bytes[at] == 255; at--)
        {
            _bytes[at] = 0;
        }

        _bytes[at]++;
    }
}
