using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The Huffman symbols of a scan with their additional bits, in order. The encoder finds them once, counts them for the optimal tables, and
/// writes them.
/// </summary>
internal sealed class ScanSymbols(int capacity)
{
    /// <summary>Number of tables of a scan: DC and AC for Y, DC and AC for Cb and Cr.</summary>
    public const int Tables = 4;

    // 31     28 27        24 23     16 15             0
    // | table  | additional | symbol  | additional    |
    // |        | bits: size |         | bits          |
    private uint[] _packed = GC.AllocateUninitializedArray<uint>(capacity);
    private int _count;

    /// <summary>The DC table of a pair of tables.</summary>
    public static int DcTable(int table) => 2 * table;

    /// <summary>The AC table of a pair of tables.</summary>
    public static int AcTable(int table) => (2 * table) + 1;

    /// <summary>Adds a symbol with <paramref name="size"/> additional bits, at most 15; ignores the higher bits of <paramref name="bits"/>.</summary>
    public void Add(int table, int symbol, int size, int bits)
    {
        if (_count == _packed.Length)
        {
            Array.Resize(ref _packed, Math.Max(64, 2 * _packed.Length));
        }

        _packed[_count++] = ((uint)table << 28) | ((uint)size << 24) | ((uint)symbol << 16) | (ushort)bits;
    }

    /// <summary>Adds a coefficient or a DC difference after a run of zeros (T.81 F.1.2).</summary>
    public void AddCoefficient(int table, int run, int value)
    {
        // Negative values are written as one less, so that their first bit is 0.
        int size = Size(Magnitude(value));
        Add(table, (run << 4) | size, size, value + (value >> 31));
    }

    /// <summary>The absolute value, without a branch: signs of coefficients are random, so a branch is mispredicted half of the time.</summary>
    public static int Magnitude(int value) => (value ^ (value >> 31)) - (value >> 31);

    /// <summary>SSSS of T.81 table F.1: the number of bits of a magnitude.</summary>
    public static int Size(int magnitude) => 32 - BitOperations.LeadingZeroCount((uint)magnitude);

    /// <summary>The count of each symbol, by table.</summary>
    public int[][] Count()
    {
        int[][] counts = [new int[256], new int[256], new int[256], new int[256]];
        foreach (uint packed in _packed.AsSpan(0, _count))
        {
            counts[packed >> 28][(byte)(packed >> 16)]++;
        }

        return counts;
    }

    /// <summary>Writes codes and additional bits. Elements of <paramref name="tables"/> that no symbol uses may be null.</summary>
    public void Write(EntropyWriter writer, HuffmanEncoder?[] tables)
    {
        foreach (uint packed in _packed.AsSpan(0, _count))
        {
            HuffmanEncoder table = tables[packed >> 28]!;
            int symbol = (byte)(packed >> 16);
            int size = (int)(packed >> 24) & 15;
            int bits = (int)packed & ((1 << size) - 1);
            writer.Write((table.Code(symbol) << size) | bits, table.Length(symbol) + size);
        }
    }
}
