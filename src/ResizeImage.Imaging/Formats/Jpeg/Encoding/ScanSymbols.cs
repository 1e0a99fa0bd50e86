using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The Huffman symbols of a scan with their additional bits, in order. Found once, they are counted for the best tables and then written.</summary>
internal sealed class ScanSymbols(int capacity)
{
    /// <summary>Tables of a scan: DC and AC for Y, DC and AC for Cb and Cr.</summary>
    public const int Tables = 4;

    // Table × 2^28 + number of additional bits × 2^24 + symbol × 2^16 + additional bits.
    private uint[] _packed = new uint[capacity];
    private int _count;

    /// <summary>Number of the DC table of components that use that pair of tables.</summary>
    public static int DcTable(int table) => 2 * table;

    /// <summary>Number of the AC table of components that use that pair of tables.</summary>
    public static int AcTable(int table) => (2 * table) + 1;

    /// <summary>Adds a symbol.</summary>
    /// <param name="table">Number of the table.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="size">Number of additional bits, at most 15.</param>
    /// <param name="bits">The additional bits; others above them do not matter.</param>
    public void Add(int table, int symbol, int size, int bits)
    {
        if (_count == _packed.Length)
        {
            Array.Resize(ref _packed, Math.Max(64, 2 * _packed.Length));
        }

        _packed[_count++] = ((uint)table << 28) | ((uint)size << 24) | ((uint)symbol << 16) | (ushort)bits;
    }

    /// <summary>Adds a coefficient, or a difference of DC coefficients, after a run of zeros (T.81 F.1.2).</summary>
    public void AddCoefficient(int table, int run, int value)
    {
        // SSSS of T.81 table F.1: bits that the magnitude takes. Negative values are written as one less, so that their first bit is 0.
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        Add(table, (run << 4) | size, size, value + (value >> 31));
    }

    /// <summary>How often each symbol of each table occurs.</summary>
    public int[][] Count()
    {
        int[][] counts = [new int[256], new int[256], new int[256], new int[256]];
        foreach (uint packed in _packed.AsSpan(0, _count))
        {
            counts[packed >> 28][(byte)(packed >> 16)]++;
        }

        return counts;
    }

    /// <summary>Writes codes and additional bits.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tables">The tables by number; those that no symbol uses may be null.</param>
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
