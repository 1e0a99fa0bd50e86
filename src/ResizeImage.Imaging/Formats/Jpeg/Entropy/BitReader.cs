namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Reads bits, most significant first, from the bytes of an <see cref="EntropyWindow"/>. The hot loops of <see cref="SequentialBlock"/>
/// copy its fields into locals: the fields of a struct stay in memory, which costs half of the speed.
/// </summary>
internal struct BitReader
{
    /// <summary>The next bits, left-aligned. Only the first <see cref="Count"/> are valid.</summary>
    public ulong Bits;

    /// <summary>The number of valid bits in <see cref="Bits"/>.</summary>
    public int Count;

    /// <summary>Position in the window of the next byte to load.</summary>
    public int Position;

    /// <summary>Bytes of the window that are consumed; the last one perhaps in part.</summary>
    public readonly int Consumed => Position - (Count >> 3);

    /// <summary>Makes at least 56 bits available, without a branch.</summary>
    public void Refill(byte[] bytes)
    {
        Bits |= new UncheckedSpan<byte>(bytes).BigEndian64(Position) >> Count;
        Position += (63 - Count) >> 3;
        Count |= 56;
    }

    /// <summary>Consumes 0 to 16 bits that <see cref="Refill"/> made available.</summary>
    public int Take(int count)
    {
        int bits = (int)(Bits >> 1 >> (63 - count));
        Bits <<= count;
        Count -= count;
        return bits;
    }

    /// <summary>RECEIVE and EXTEND of T.81 F.2.2.1: a signed value of 0 to 15 additional bits.</summary>
    public int TakeSigned(int size) => size == 0 ? 0 : HuffmanTable.Extend(Take(size), size);

    /// <summary>DECODE of T.81 F.2.2.3; consumes at most 16 bits that <see cref="Refill"/> made available.</summary>
    /// <returns>The symbol, or -1 for an invalid code.</returns>
    public int TakeSymbol(HuffmanTable table)
    {
        int symbol = table.Find(Bits, out int length);
        Take(length);
        return symbol;
    }
}
