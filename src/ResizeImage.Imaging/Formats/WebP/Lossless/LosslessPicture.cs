namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Reads a lossless picture row by row (RFC 9649, 3): what is coded, and then the transforms undone, the last one first.</summary>
internal sealed class LosslessPicture
{
    private readonly ByteSource _data;
    private readonly LosslessTransform[] _transforms;
    private readonly EntropyCodedRows _rows;
    private LosslessBitReader.State _state;

    private LosslessPicture(ByteSource data, LosslessBitReader.State state, LosslessTransform[] transforms, EntropyCodedRows rows)
    {
        _data = data;
        _state = state;
        _transforms = transforms;
        _rows = rows;
    }

    /// <summary>Bytes that are held at most: three numbers for each of the smallest blocks, the ring and a few rows, and the codes' tables.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="dataLength">Of what codes it.</param>
    public static long EstimateMemory(int width, int height, int dataLength) =>
        (3 * BlockImage.EstimateMemory(width, height))
        + EntropyCodedRows.EstimateMemory(width, height)
        + (8L * sizeof(uint) * width)
        + PrefixCodes.EstimateMemory(dataLength);

    /// <summary>Reads all that stands before the pixels.</summary>
    /// <param name="data">From behind the header on.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <returns>Null if it is broken or cut off.</returns>
    /// <exception cref="ImageLimitException">The codes would take too much memory.</exception>
    public static LosslessPicture? TryOpen(ByteSource data, int width, int height)
    {
        var bits = new LosslessBitReader(data.WaitForAll(), default);
        var transforms = new Stack<LosslessTransform>();
        int seen = 0;
        int codedWidth = width;
        while (bits.Read(1) != 0)
        {
            // Each type at most once.
            int type = (int)bits.Read(2);
            if ((seen & (1 << type)) != 0 || TryReadTransform(ref bits, type, ref codedWidth, height, data.Work) is not LosslessTransform transform)
            {
                return null;
            }

            seen |= 1 << type;
            transforms.Push(transform);
        }

        return PrefixCodes.TryRead(ref bits, codedWidth, height, isMain: true, data.Work) is { } codes
            ? new(data, bits.Current, [.. transforms], new EntropyCodedRows(codedWidth, height, codes, data.Work))
            : null;
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="pixels">Alpha, red, green, blue from the highest byte on. Valid until the next call.</param>
    /// <returns>False if the data ends within it, or cannot be right; then it is not to be called again.</returns>
    public bool TryRead(out ReadOnlySpan<uint> pixels)
    {
        var bits = new LosslessBitReader(_data.WaitForAll(), _state);
        if (!_rows.TryRead(ref bits, out pixels))
        {
            return false;
        }

        _state = bits.Current;
        foreach (LosslessTransform transform in _transforms)
        {
            pixels = transform.Undo(pixels);
        }

        return true;
    }

    private static LosslessTransform? TryReadTransform(ref LosslessBitReader bits, int type, ref int width, int height, WorkMeter work)
    {
        switch (type)
        {
            case 0:
                BlockImage? modes = BlockImage.TryRead(ref bits, width, height, work, argb => (argb >> 8) & 15);
                return modes is null ? null : new PredictorTransform(width, modes);
            case 1:
                BlockImage? shares = BlockImage.TryRead(ref bits, width, height, work, argb => argb);
                return shares is null ? null : new CrossColorTransform(width, shares);
            case 2:
                return new SubtractGreenTransform(width);
            default:
                if (BlockImage.TryReadPixels(ref bits, (int)bits.Read(8) + 1, 1, work) is not uint[] palette)
                {
                    return null;
                }

                var indexing = new ColorIndexingTransform(width, palette);
                width = indexing.CodedWidth;
                return indexing;
        }
    }
}
