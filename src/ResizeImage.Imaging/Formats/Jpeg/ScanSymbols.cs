using System.Numerics;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The Huffman symbols of a baseline scan with their additional bits, in the order of interleaved MCUs (T.81 F.1.2). Found once, they are
/// counted for the best tables and then written.
/// </summary>
internal sealed class ScanSymbols
{
    /// <summary>Tables of a scan: DC and AC for Y, DC and AC for Cb and Cr.</summary>
    public const int Tables = 4;

    private const int Zrl = 0xF0; // sixteen zeros
    private const int EndOfBlock = 0;

    // Table × 2^24 + symbol × 2^16 + additional bits.
    private uint[] _packed;
    private int _count;

    public ScanSymbols(EncoderComponent[] components)
    {
        _packed = new uint[components.Sum(c => c.Coefficients.Length) / 4];
        int[] predictions = new int[components.Length];
        int mcusPerRow = JpegFrame.CeilDiv(components[0].BlocksPerRow, components[0].Factor);
        int mcuRows = JpegFrame.CeilDiv(components[0].BlockRows, components[0].Factor);
        for (int mcu = 0; mcu < mcusPerRow * mcuRows; mcu++)
        {
            for (int i = 0; i < components.Length; i++)
            {
                EncoderComponent component = components[i];
                int firstRow = mcu / mcusPerRow * component.Factor;
                int firstColumn = mcu % mcusPerRow * component.Factor;
                for (int b = 0; b < component.Factor * component.Factor; b++)
                {
                    int row = firstRow + (b / component.Factor);
                    int column = firstColumn + (b % component.Factor);
                    if (row < component.BlockRows && column < component.BlocksPerRow)
                    {
                        int at = ((row * component.BlocksPerRow) + column) * 64;
                        AddBlock(component.Coefficients.AsSpan(at, 64), DcTable(component.Table), ref predictions[i]);
                    }
                    else
                    {
                        // A block that nobody sees, to fill up the MCU: no difference, no coefficients.
                        Add(DcTable(component.Table), 0, 0);
                        Add(AcTable(component.Table), EndOfBlock, 0);
                    }
                }
            }
        }
    }

    public static int DcTable(int table) => 2 * table;

    public static int AcTable(int table) => (2 * table) + 1;

    /// <summary>How often each symbol of each table occurs.</summary>
    public int[][] Count()
    {
        int[][] counts = Enumerable.Range(0, Tables).Select(_ => new int[256]).ToArray();
        foreach (uint packed in _packed.AsSpan(0, _count))
        {
            counts[packed >> 24][(byte)(packed >> 16)]++;
        }

        return counts;
    }

    /// <summary>Writes codes and additional bits.</summary>
    public void Write(EntropyWriter writer, HuffmanEncoder[] tables)
    {
        foreach (uint packed in _packed.AsSpan(0, _count))
        {
            HuffmanEncoder table = tables[packed >> 24];
            int symbol = (byte)(packed >> 16);
            int size = symbol & 15; // of DC symbols too: they are at most 11
            int bits = (int)packed & ((1 << size) - 1);
            writer.Write((table.Code(symbol) << size) | bits, table.Length(symbol) + size);
        }
    }

    private void AddBlock(ReadOnlySpan<short> block, int dcTable, ref int prediction)
    {
        int difference = block[0] - prediction;
        prediction = block[0];
        Add(dcTable, Size(difference), difference);

        // From one coefficient that is not 0 to the next one, by their bits: most are 0.
        int acTable = dcTable + 1;
        int last = 0;
        for (ulong left = NonZero(block) & ~1UL; left != 0; left &= left - 1)
        {
            int k = BitOperations.TrailingZeroCount(left);
            int run = k - last - 1;
            for (; run > 15; run -= 16)
            {
                Add(acTable, Zrl, 0);
            }

            Add(acTable, (run << 4) | Size(block[k]), block[k]);
            last = k;
        }

        if (last < 63)
        {
            Add(acTable, EndOfBlock, 0);
        }
    }

    /// <summary>A bit for each of 64 coefficients that is not 0, the first one lowest.</summary>
    private static ulong NonZero(ReadOnlySpan<short> block)
    {
        ulong zero = 0;
        for (int k = 0; k < 64; k += 16)
        {
            Vector128<short> first = Vector128.Equals(Vector128.Create(block.Slice(k, 8)), Vector128<short>.Zero);
            Vector128<short> second = Vector128.Equals(Vector128.Create(block.Slice(k + 8, 8)), Vector128<short>.Zero);
            zero |= (ulong)Vector128.Narrow(first, second).ExtractMostSignificantBits() << k;
        }

        return ~zero;
    }

    private void Add(int table, int symbol, int value)
    {
        if (_count == _packed.Length)
        {
            Array.Resize(ref _packed, 2 * _packed.Length);
        }

        // Negative values are written as one less, so that their first bit is 0 (T.81 F.1.2.1).
        int bits = value + (value >> 31);
        _packed[_count++] = ((uint)table << 24) | ((uint)symbol << 16) | (ushort)bits;
    }

    /// <summary>SSSS of T.81 table F.1: bits that the magnitude takes.</summary>
    private static int Size(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
}
