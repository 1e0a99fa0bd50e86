using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Reads bits, most significant first, from an <see cref="EntropyWindow"/>. Copy it to a local for a block and back; beyond the end of the
/// data it delivers zero bits, and <see cref="Overrun"/> tells.
/// </summary>
internal struct BitReader(EntropyWindow window)
{
    private readonly EntropyWindow _window = window;
    private readonly byte[] _bytes = window.Bytes;
    private int _position;

    /// <summary>The next bits, left-aligned; those after the first <see cref="_count"/> are not yet to be relied on.</summary>
    private ulong _bits;

    private int _count;

    /// <summary>True once bits were taken that the data did not hold.</summary>
    public readonly bool Overrun => _window.Ended && _position - (_count >> 3) > _window.Length;

    /// <summary>Makes sure that a whole block can be read without looking at the window's end. Call before each block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrepareBlock()
    {
        if (_position >= _window.SlideAt)
        {
            Slide();
        }
    }

    /// <summary>Forgets what is left of the current interval; the window has been moved to the next one.</summary>
    public void Reset()
    {
        _position = 0;
        _bits = 0;
        _count = 0;
    }

    /// <summary>Makes at least 56 bits available, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        _bits |= BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(_position)) >> _count;
        _position += (63 - _count) >> 3;
        _count |= 56;
    }

    /// <summary>The next <paramref name="count"/> bits, 1 to 32, without taking them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Peek(int count) => (int)(_bits >> (64 - count));

    /// <summary>Takes bits that <see cref="Refill"/> made available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _bits <<= count;
        _count -= count;
    }

    /// <summary>Takes 0 to 16 bits that <see cref="Refill"/> made available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        int bits = (int)(_bits >> 1 >> (63 - count));
        Skip(count);
        return bits;
    }

    /// <summary>RECEIVE and EXTEND of T.81 F.2.2.1: a signed value of 0 to 15 additional bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSigned(int size) => size == 0 ? 0 : HuffmanTable.Extend(Take(size), size);

    /// <summary>DECODE of T.81 F.2.2.3; takes at most 16 bits that <see cref="Refill"/> made available.</summary>
    /// <returns>The symbol, or -1 if the bits are no code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSymbol(HuffmanTable table)
    {
        int entry = table.Symbols[Peek(HuffmanTable.LookupBits)];
        if (entry != 0)
        {
            Skip(entry >> 8);
            return entry & 255;
        }

        return TakeLongSymbol(table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TakeLongSymbol(HuffmanTable table)
    {
        int symbol = table.FindLongSymbol(Peek(16), out int length);
        Skip(length);
        return length == 0 ? -1 : symbol;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Slide() => _position = _window.Slide(_position);
}
