using System.Buffers.Binary;

namespace ResizeImage.Imaging.Color.Icc;

/// <summary>
/// Reads lutAToBType (ICC.1:2022 10.12): A curves, grid, M curves, matrix, B curves. Only the B curves are required. All are at offsets that may
/// overlap.
/// </summary>
internal static class IccLutAToB
{
    private const int Header = 32;
    private const int Results = 3;

    /// <returns>Null if it is corrupt.</returns>
    public static LutStages? Read(ReadOnlyMemory<byte> tag)
    {
        ReadOnlySpan<byte> bytes = tag.Span;
        int channels = bytes.Length < Header || bytes[9] != Results ? 0 : bytes[8];
        if (!ColorGrid.Supports(channels) || IccCurve.ReadSequence(At(tag, 12), Results) is not { } output)
        {
            return null;
        }

        ToneCurve[]? middle = null;
        ColorMatrix? matrix = null;
        if (At(tag, 16) is { IsEmpty: false } matrixData)
        {
            middle = IccCurve.ReadSequence(At(tag, 20), Results);
            matrix = ReadMatrix(matrixData.Span);
            if (middle is null || matrix is null)
            {
                return null;
            }
        }

        if (At(tag, 24) is not { IsEmpty: false } gridData)
        {
            // Without a grid, the first curves may as well be those before it.
            return channels != Results ? null
                : middle is null ? new(output, ColorGrid.Identity(), null, null, null)
                : new(middle, ColorGrid.Identity(), null, matrix, LutCurves.Of(output));
        }

        return IccCurve.ReadSequence(At(tag, 28), channels) is { } input && ReadGrid(gridData.Span, channels) is { } grid
            ? new(input, grid, middle is null ? null : LutCurves.Of(middle), matrix, LutCurves.Of(output))
            : null;
    }

    /// <summary>The data at the offset in a header field; empty if the offset is 0 or outside.</summary>
    private static ReadOnlyMemory<byte> At(ReadOnlyMemory<byte> tag, int field)
    {
        uint offset = BinaryPrimitives.ReadUInt32BigEndian(tag.Span[field..]);
        return offset == 0 || offset >= tag.Length ? default : tag[(int)offset..];
    }

    /// <summary>Nine elements in rows, and the summands.</summary>
    private static ColorMatrix? ReadMatrix(ReadOnlySpan<byte> data)
    {
        const int RowBytes = 12;
        return data.Length < 4 * RowBytes
            ? null
            : new(new(ReadTriple(data), ReadTriple(data[RowBytes..]), ReadTriple(data[(2 * RowBytes)..])), ReadTriple(data[(3 * RowBytes)..]));
    }

    private static Triple ReadTriple(ReadOnlySpan<byte> data) =>
        new(IccProfile.Fixed(data), IccProfile.Fixed(data[4..]), IccProfile.Fixed(data[8..]));

    /// <summary>ICC.1:2022 10.12.5: sixteen bytes of grid points, the size of a sample, three of padding.</summary>
    private static ColorGrid? ReadGrid(ReadOnlySpan<byte> data, int channels)
    {
        const int GridHeader = 20;
        return data.Length < GridHeader || data[16] is not (1 or 2)
            ? null
            : ColorGrid.Read(data[GridHeader..], Array.ConvertAll(data[..channels].ToArray(), size => (int)size), data[16]);
    }
}
