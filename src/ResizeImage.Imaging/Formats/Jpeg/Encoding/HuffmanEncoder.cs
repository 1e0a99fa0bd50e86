namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>An optimal Huffman code for given symbol counts, with codes of at most 16 bits (T.81 K.2).</summary>
internal sealed class HuffmanEncoder
{
    private const int ReservedSymbol = 256;

    private readonly ushort[] _codes = new ushort[256];
    private readonly byte[] _lengths = new byte[256];

    /// <param name="frequencies">The count of each of 256 symbols.</param>
    public HuffmanEncoder(ReadOnlySpan<int> frequencies)
    {
        int[] sizes = CodeSizes(frequencies);
        Counts = LimitedCounts(sizes);

        // HUFFVAL: symbols by code size, then by value (figure K.4).
        byte[] values = new byte[256];
        int count = 0;
        int longest = sizes.Max();
        for (int size = 1; size <= longest; size++)
        {
            for (int symbol = 0; symbol < values.Length; symbol++)
            {
                if (sizes[symbol] == size)
                {
                    values[count++] = (byte)symbol;
                }
            }
        }

        Values = values[..count];

        // Codes in order of HUFFVAL (figures C.1 to C.3).
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
        {
            for (int i = 0; i < Counts[length - 1]; i++)
            {
                _codes[Values[index]] = (ushort)code++;
                _lengths[Values[index]] = (byte)length;
                index++;
            }
        }
    }

    /// <summary>BITS: the number of codes of each length, 1 to 16.</summary>
    public byte[] Counts { get; }

    /// <summary>HUFFVAL: the symbols in order of their codes.</summary>
    public byte[] Values { get; }

    public int Code(int symbol) => _codes[symbol];

    public int Length(int symbol) => _lengths[symbol];

    /// <summary>Figure K.1, with a 257th symbol of frequency 1, so that no code is all ones.</summary>
    private static int[] CodeSizes(ReadOnlySpan<int> frequencies)
    {
        long[] frequency = new long[257];
        int[] sizes = new int[257];
        int[] others = new int[257];
        int[] used = new int[257]; // the symbols that occur, in order: usually fewer than 50
        int count = 0;
        for (int i = 0; i < 256; i++)
        {
            frequency[i] = frequencies[i];
            if (frequency[i] > 0)
            {
                used[count++] = i;
            }
        }

        frequency[ReservedSymbol] = 1;
        used[count++] = ReservedSymbol;
        Array.Fill(others, -1);
        while (true)
        {
            int least = FindLeast(frequency, used.AsSpan(0, count), except: -1);
            int second = FindLeast(frequency, used.AsSpan(0, count), except: least);
            if (second < 0)
            {
                return sizes;
            }

            frequency[least] += frequency[second];
            frequency[second] = 0;
            int last = Lengthen(least);
            others[last] = second;
            Lengthen(second);
        }

        // Adds a bit to every symbol of a branch and returns the last symbol of the branch.
        int Lengthen(int symbol)
        {
            sizes[symbol]++;
            while (others[symbol] >= 0)
            {
                symbol = others[symbol];
                sizes[symbol]++;
            }

            return symbol;
        }
    }

    /// <summary>The symbol with the lowest frequency above 0, and the largest of them on a tie; -1 if no symbol is left.</summary>
    private static int FindLeast(long[] frequency, ReadOnlySpan<int> used, int except)
    {
        int least = -1;
        foreach (int i in used)
        {
            if (i != except && frequency[i] > 0 && (least < 0 || frequency[i] <= frequency[least]))
            {
                least = i;
            }
        }

        return least;
    }

    /// <summary>Figure K.3: shortens codes over 16 bits by lengthening shorter ones, then drops the reserved code.</summary>
    private static byte[] LimitedCounts(int[] sizes)
    {
        int[] bits = new int[258];
        foreach (int size in sizes)
        {
            bits[size]++;
        }

        for (int i = 257; i > 16; i--)
        {
            while (bits[i] > 0)
            {
                int j = i - 2;
                while (bits[j] == 0)
                {
                    j--;
                }

                bits[i] -= 2;
                bits[i - 1]++;
                bits[j + 1] += 2;
                bits[j]--;
            }
        }

        int longest = 16;
        while (bits[longest] == 0)
        {
            longest--;
        }

        bits[longest]--;
        return Array.ConvertAll(bits[1..17], b => (byte)b);
    }
}
