namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Reads a lossless image row by row (RFC 9649, 3): decodes it, then undoes the transforms, the last one first.</summary>
internal sealed class LosslessImage
{
    private readonly ByteSource _data;
    private readonly LosslessTransform[] _transforms;
    private readonly EntropyCodedRows _rows;
    private LosslessBitReader.State _state;

    private LosslessImage(ByteSource data, LosslessBitReader.State state, LosslessTransform[] transforms, EntropyCodedRows rows)
    {
        _data = data;
        _state = state;
        _transforms = transforms;
        _rows = rows;
    }

    /// <summary>The most bytes that an instance allocates: three numbers for each of the smallest blocks, the ring, a few rows, and the codes' tables.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="dataLength">Bytes of the coded image.</param>
    public static long EstimateMemory(int width, int height, int dataLength) =>
        (3 * BlockImage.EstimateMemory(width, height))
        + EntropyCodedRows.EstimateMemory(width, height)
        + (8L * sizeof(uint) * width)
        + PrefixCodes.EstimateMemory(dataLength);

    /// <summary>Reads everything before the pixels.</summary>
    /// <param name="data">The data after the header.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <returns>Null if the data is corrupt or truncated.</returns>
    /// <exception cref="ImageLimitException">The codes exceed <see cref="PrefixCodes.MaxMemory"/>.</exception>
    public static LosslessImage? TryOpen(ByteSource data, int width, int height)
    {
        var bits = new LosslessBitReader(data.WaitForAll(), default);
        var transforms = new Stack<LosslessTransform>();
        int seen = 0;
        int codedWidth = width;
        while (bits.Read(1) != 0)
        {
            // Each type is allowed once.
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
    /// <param name="pixels">Alpha, red, green, blue from the highest byte down. Valid until the next call.</param>
    /// <returns>False if the data ends within the row, or is corrupt; then do not call it again.</returns>
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
