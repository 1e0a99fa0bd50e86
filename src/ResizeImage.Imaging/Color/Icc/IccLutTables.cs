using System.Buffers.Binary;

namespace ResizeImage.Imaging.Color.Icc;

/// <summary>
/// Reads lut16Type and lut8Type (ICC.1:2022 10.10 and 10.11): an input table for each channel, a grid, an output table for each result. Their
/// matrix is for XYZ on the device's side, which no image has.
/// </summary>
internal static class IccLutTables
{
    private const int Lut8Header = 48;
    private const int Lut16Header = 52;
    private const int Lut8Entries = 256;
    private const int Results = 3;

    /// <returns>Null if it is corrupt.</returns>
    public static LutStages? ReadLut8(ReadOnlyMemory<byte> tag) =>
        tag.Length < Lut8Header ? null : Read(tag, Lut8Header, Lut8Entries, Lut8Entries, 1);

    /// <inheritdoc cref="ReadLut8"/>
    public static LutStages? ReadLut16(ReadOnlyMemory<byte> tag) =>
        tag.Length < Lut16Header
            ? null
            : Read(
                tag,
                Lut16Header,
                BinaryPrimitives.ReadUInt16BigEndian(tag.Span[48..]),
                BinaryPrimitives.ReadUInt16BigEndian(tag.Span[50..]),
                sizeof(ushort));

    /// <param name="tag">The whole tag.</param>
    /// <param name="offset">Offset of the tables.</param>
    /// <param name="inputEntries">Entries of an input table.</param>
    /// <param name="outputEntries">Entries of an output table.</param>
    /// <param name="bytes">Bytes of an entry.</param>
    private static LutStages? Read(ReadOnlyMemory<byte> tag, int offset, int inputEntries, int outputEntries, int bytes)
    {
        int channels = tag.Span[8];
        int points = tag.Span[10];
        if (!ColorGrid.Supports(channels) || tag.Span[9] != Results)
        {
            return null;
        }

        int[] sizes = new int[channels];
        Array.Fill(sizes, points);
        int grid = offset + (channels * inputEntries * bytes);
        if (ReadCurves(tag, offset, channels, inputEntries, bytes) is not { } input
            || ColorGrid.Read(tag.Span[grid..], sizes, bytes) is not { } nodes
            || ReadCurves(tag, grid + (nodes.Count * Results * bytes), Results, outputEntries, bytes) is not { } output)
        {
            return null;
        }

        return new(input, nodes, null, null, LutCurves.Of(output));
    }

    private static ToneCurve[]? ReadCurves(ReadOnlyMemory<byte> tag, int offset, int count, int entries, int bytes)
    {
        int size = entries * bytes;
        if (entries < 2 || tag.Length - offset < count * size)
        {
            return null;
        }

        var curves = new ToneCurve[count];
        for (int i = 0; i < count; i++)
        {
            curves[i] = new SampledCurve(tag.Slice(offset + (i * size), size), bytes);
        }

        return curves;
    }
}
