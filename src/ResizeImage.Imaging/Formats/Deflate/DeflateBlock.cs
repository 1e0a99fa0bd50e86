namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>Collects the literals and matches of a block and writes it with the smallest of the three block types (RFC 1951, 3.2.3).</summary>
internal sealed class DeflateBlock
{
    private const int MaxSymbols = 16384;
    private const int MaxCodeBits = 15;
    private const int MaxStored = ushort.MaxValue;

    private static readonly DeflateHuffmanCode FixedLiterals = new(FixedLiteralLengths());
    private static readonly DeflateHuffmanCode FixedDistances = new(Enumerable.Repeat((byte)5, DeflateAlphabet.DistanceCount).ToArray());

    // A code must have a symbol, even if nothing uses it.
    private static readonly DeflateHuffmanCode NoDistances = new([1, .. new byte[DeflateAlphabet.DistanceCount - 1]]);

    private readonly DeflateMatch[] _symbols = new DeflateMatch[MaxSymbols];
    private readonly int[] _literals = new int[DeflateAlphabet.LiteralCount];
    private readonly int[] _distances = new int[DeflateAlphabet.DistanceCount];
    private int _count;
    private long _extraBits;

    /// <summary>The block must be written before anything can be added.</summary>
    public bool IsFull => _count == MaxSymbols;

    /// <summary>Bytes of data that the block encodes.</summary>
    public int DataLength { get; private set; }

    public void AddLiteral(byte value)
    {
        // A literal is kept as a match of length 0, with its value in place of the distance.
        _symbols[_count++] = new(0, value);
        _literals[value]++;
        DataLength++;
    }

    public void AddMatch(DeflateMatch match)
    {
        _symbols[_count++] = match;
        (int lengthSymbol, int lengthBits, _) = DeflateAlphabet.Length(match.Length);
        (int distanceSymbol, int distanceBits, _) = DeflateAlphabet.Distance(match.Distance);
        _literals[lengthSymbol]++;
        _distances[distanceSymbol]++;
        _extraBits += lengthBits + distanceBits;
        DataLength += match.Length;
    }

    /// <summary>Writes the block and starts a new one.</summary>
    /// <param name="bits">Receives the block.</param>
    /// <param name="data">The bytes that the block encodes.</param>
    /// <param name="final">The block is the last one.</param>
    public void Write(DeflateBitWriter bits, ReadOnlySpan<byte> data, bool final)
    {
        _literals[DeflateAlphabet.EndOfBlock] = 1;
        DeflateHuffmanCode literals = DeflateHuffmanCode.For(_literals, MaxCodeBits);
        DeflateHuffmanCode distances = _distances.AsSpan().ContainsAnyExcept(0) ? DeflateHuffmanCode.For(_distances, MaxCodeBits) : NoDistances;
        DeflateCodeLengths lengths = new(literals.Lengths, distances.Lengths);

        long dynamicBits = lengths.Bits + literals.Bits(_literals) + distances.Bits(_distances) + _extraBits;
        long fixedBits = FixedLiterals.Bits(_literals) + FixedDistances.Bits(_distances) + _extraBits;
        if (StoredBits(bits, data.Length) <= Math.Min(dynamicBits, fixedBits))
        {
            WriteStored(bits, data, final);
        }
        else if (fixedBits <= dynamicBits)
        {
            WriteHeader(bits, type: 1, final);
            WriteSymbols(bits, FixedLiterals, FixedDistances);
        }
        else
        {
            WriteHeader(bits, type: 2, final);
            lengths.Write(bits);
            WriteSymbols(bits, literals, distances);
        }

        Clear();
    }

    /// <summary>The fixed code of RFC 1951, 3.2.6. Two symbols never occur, but have codes.</summary>
    private static byte[] FixedLiteralLengths()
    {
        byte[] lengths = new byte[DeflateAlphabet.LiteralCount + 2];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        return lengths;
    }

    private static void WriteHeader(DeflateBitWriter bits, uint type, bool final) => bits.Write((type << 1) | (final ? 1u : 0u), 3);

    /// <summary>Bits of a stored block, without the first block's header.</summary>
    private static long StoredBits(DeflateBitWriter bits, int length)
    {
        int blocks = Math.Max(1, (length + MaxStored - 1) / MaxStored);
        int padding = (8 - ((bits.UnalignedBits + 3) & 7)) & 7;
        return padding + (blocks * 32L) + ((blocks - 1) * 8L) + (length * 8L);
    }

    /// <summary>RFC 1951, 3.2.4.</summary>
    private static void WriteStored(DeflateBitWriter bits, ReadOnlySpan<byte> data, bool final)
    {
        do
        {
            ReadOnlySpan<byte> part = data[..Math.Min(data.Length, MaxStored)];
            data = data[part.Length..];
            WriteHeader(bits, type: 0, final && data.IsEmpty);
            bits.Align();
            bits.Write((uint)part.Length | ((uint)~part.Length << 16), 32);
            bits.Align();
            bits.Write(part);
        }
        while (!data.IsEmpty);
    }

    private void WriteSymbols(DeflateBitWriter bits, DeflateHuffmanCode literals, DeflateHuffmanCode distances)
    {
        foreach (DeflateMatch match in _symbols.AsSpan(0, _count))
        {
            if (match.Length == 0)
            {
                literals.Write(bits, match.Distance);
                continue;
            }

            (int symbol, int extraBits, int extra) = DeflateAlphabet.Length(match.Length);
            literals.Write(bits, symbol);
            bits.Write((uint)extra, extraBits);
            (symbol, extraBits, extra) = DeflateAlphabet.Distance(match.Distance);
            distances.Write(bits, symbol);
            bits.Write((uint)extra, extraBits);
        }

        literals.Write(bits, DeflateAlphabet.EndOfBlock);
    }

    private void Clear()
    {
        Array.Clear(_literals);
        Array.Clear(_distances);
        _count = 0;
        _extraBits = 0;
        DataLength = 0;
    }
}
