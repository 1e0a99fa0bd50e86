using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Takes the Huffman symbols of a scan: once to count them, once to write them.</summary>
internal interface ISymbolSink
{
    /// <param name="table">Number of the Huffman table.</param>
    /// <param name="symbol">Size of the difference.</param>
    /// <param name="bits">The additional bits, in the lowest places.</param>
    void Dc(int table, int symbol, int bits);

    /// <param name="table">Number of the Huffman table.</param>
    /// <param name="symbol">Run × 16 + size.</param>
    /// <param name="bits">The additional bits, in the lowest places.</param>
    void Ac(int table, int symbol, int bits);
}

/// <summary>Turns the coefficients of a baseline scan into Huffman symbols, in the order of interleaved MCUs (T.81 F.1.2).</summary>
internal static class ScanWriter
{
    public static void Write(EncoderComponent[] components, ISymbolSink sink)
    {
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
                        WriteBlock(component.Coefficients.AsSpan(at, 64), component.Table, ref predictions[i], sink);
                    }
                    else
                    {
                        // A block that nobody sees, to fill up the MCU: no difference, no coefficients.
                        sink.Dc(component.Table, 0, 0);
                        sink.Ac(component.Table, 0, 0);
                    }
                }
            }
        }
    }

    private static void WriteBlock(ReadOnlySpan<short> block, int table, ref int prediction, ISymbolSink sink)
    {
        int difference = block[0] - prediction;
        prediction = block[0];
        int size = Size(difference);
        sink.Dc(table, size, Bits(difference));

        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            int value = block[k];
            if (value == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                sink.Ac(table, 0xF0, 0); // ZRL: sixteen zeros
            }

            sink.Ac(table, (run << 4) | Size(value), Bits(value));
            run = 0;
        }

        if (run > 0)
        {
            sink.Ac(table, 0, 0); // EOB
        }
    }

    /// <summary>SSSS of T.81 table F.1: bits that the magnitude takes.</summary>
    private static int Size(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));

    /// <summary>Negative values are written as one less, so that their first bit is 0.</summary>
    private static int Bits(int value) => value < 0 ? value - 1 : value;
}

/// <summary>Counts symbols for the best tables.</summary>
internal sealed class SymbolCounter(int tables) : ISymbolSink
{
    public int[][] Dc { get; } = Enumerable.Range(0, tables).Select(_ => new int[256]).ToArray();

    public int[][] Ac { get; } = Enumerable.Range(0, tables).Select(_ => new int[256]).ToArray();

    void ISymbolSink.Dc(int table, int symbol, int bits) => Dc[table][symbol]++;

    void ISymbolSink.Ac(int table, int symbol, int bits) => Ac[table][symbol]++;
}

/// <summary>Writes symbols and their additional bits.</summary>
internal sealed class SymbolWriter(EntropyWriter writer, HuffmanEncoder[] dc, HuffmanEncoder[] ac) : ISymbolSink
{
    public void Dc(int table, int symbol, int bits) => Write(dc[table], symbol, bits, symbol);

    public void Ac(int table, int symbol, int bits) => Write(ac[table], symbol, bits, symbol & 15);

    private void Write(HuffmanEncoder table, int symbol, int bits, int size)
    {
        writer.Write(table.Code(symbol), table.Length(symbol));
        writer.Write(bits, size);
    }
}
