using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Reads bits, most significant first, from the bytes of an <see cref="EntropyWindow"/>. It holds numbers only, no references, so that a
/// copy of it in a method lives in registers: copy it to a local for a block, and back.
/// </summary>
internal struct BitReader
{
    /// <summary>The next bits, left-aligned; those after the first <see cref="_count"/> are not yet to be relied on.</summary>
    private ulong _bits;

    private int _count;

    /// <summary>Place in the window of the next byte to load.</summary>
    public int Position { get; set; }

    /// <summary>Place in the window of the byte that holds the next bit.</summary>
    public readonly int Consumed => Position - (_count >> 3);

    /// <summary>Makes at least 56 bits available, without a branch.</summary>
    /// <param name="bytes">The window's bytes, at least 8 of them from <see cref="Position"/> on: its padding sees to that.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill(byte[] bytes)
    {
        // The one unchecked load: bounds checks on every refill cost 4 % of the time of a photo.
        Debug.Assert((uint)Position <= (uint)(bytes.Length - sizeof(ulong)));
        ulong next = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), Position));
        _bits |= (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(next) : next) >> _count;
        Position += (63 - _count) >> 3;
        _count |= 56;
    }

    /// <summary>The next <paramref name="count"/> bits, 1 to 31, without taking them.</summary>
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
    public int TakeSigned(int size)
    {
        // A first bit of 0 means negative: then 2^size - 1 is to be taken off. Without a branch, for the bit is as good as random.
        int negative = (int)(~(long)_bits >> 63);
        return Take(size) + (negative & (1 - (1 << size)));
    }

    /// <summary>DECODE of T.81 F.2.2.3; takes at most 16 bits that <see cref="Refill"/> made available.</summary>
    /// <returns>The symbol, or -1 if the bits are no code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int TakeSymbol(HuffmanTable table)
    {
        int entry = table.Symbols[Peek(HuffmanTable.LookupBits)];
        int length = entry >> 8;
        int symbol = entry & 255;
        if (entry == 0)
        {
            symbol = table.FindLongSymbol(Peek(16), out length);
        }

        Skip(length);
        return symbol;
    }
}
