namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The compressed frame header (RFC 6386, 9.2 to 9.11), and the partitions.</summary>
internal sealed class Vp8Header
{
    private const int PartitionSizeBytes = 3;

    private readonly ByteSource _first;

    /// <param name="data">The payload of the VP8 chunk, as far as the file has it; at least the frame tag.</param>
    /// <exception cref="InvalidImageException">The data ends before the first macroblock.</exception>
    public Vp8Header(ByteSource data)
    {
        Vp8FrameTag tag = Vp8FrameTag.Parse(data.WaitFor(Vp8FrameTag.Size));
        ByteSource partitions = data.Slice(Vp8FrameTag.Size);
        if (tag.FirstPartitionSize >= partitions.Length)
        {
            throw WebPErrors.TruncatedBeforeFirstRow();
        }

        (Width, Height) = (tag.Width, tag.Height);
        Work = data.Work;
        _first = partitions.Slice(0, tag.FirstPartitionSize);
        var header = new BoolDecoder(_first.WaitForAll());

        // Color space and clamping type: there is one color space, and clamping is always correct (9.2).
        header.ReadLiteral(2);
        Segmentation = new(ref header);
        LoopFilter = new(ref header, Segmentation);
        Tokens = Split(partitions.Slice(tag.FirstPartitionSize), 1 << header.ReadLiteral(2));
        Quantizers = Quantizer.Read(ref header, Segmentation);

        // Whether the next frame uses these probabilities. There is none.
        header.ReadFlag();
        Coefficients = CoefficientProbabilities.Read(ref header);
        SkipProbability = header.ReadFlag() ? header.ReadLiteral(8) : null;
        if (header.IsExhausted)
        {
            throw WebPErrors.Corrupt("the header of its VP8 frame does not end");
        }

        FirstMacroblock = header.Current;
    }

    public int Width { get; }

    public int Height { get; }

    public WorkMeter Work { get; }

    public Vp8Segmentation Segmentation { get; }

    public LoopFilterHeader LoopFilter { get; }

    /// <summary>One for each segment.</summary>
    public Quantizer[] Quantizers { get; }

    /// <summary>The table of <see cref="CoefficientProbabilities.Read"/>.</summary>
    public byte[] Coefficients { get; }

    /// <summary>The probability that a macroblock has coefficients, in 256ths; null if all have.</summary>
    public int? SkipProbability { get; }

    /// <summary>The partition of the header and the macroblocks' modes.</summary>
    public ByteSource Modes => _first;

    /// <summary>The position of the first macroblock in <see cref="Modes"/>.</summary>
    public BoolDecoder.State FirstMacroblock { get; }

    /// <summary>The 1, 2, 4 or 8 partitions with coefficients. Rows of macroblocks use them in turn (RFC 6386, 9.5).</summary>
    public ByteSource[] Tokens { get; }

    /// <summary>Splits by the table of sizes, which has all partitions but the last. Partitions beyond the end of the data are empty.</summary>
    private static ByteSource[] Split(ByteSource data, int count)
    {
        int tableSize = PartitionSizeBytes * (count - 1);
        if (data.Length <= tableSize)
        {
            throw WebPErrors.TruncatedBeforeFirstRow();
        }

        ReadOnlySpan<byte> sizes = data.WaitFor(tableSize);
        ByteSource rest = data.Slice(tableSize);
        var partitions = new ByteSource[count];
        for (int i = 0; i < count - 1; i++, sizes = sizes[PartitionSizeBytes..])
        {
            int size = Math.Min(rest.Length, sizes[0] | (sizes[1] << 8) | (sizes[2] << 16));
            partitions[i] = rest.Slice(0, size);
            rest = rest.Slice(size);
        }

        partitions[^1] = rest;
        return partitions;
    }
}
