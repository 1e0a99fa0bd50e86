namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>What the frame header says (RFC 6386, 9.2 to 9.6).</summary>
/// <param name="Quantizers">One for each segment; a single one if there are no segments.</param>
/// <param name="FilterLevels">The loop filter's level for each segment, 0 to 63.</param>
/// <param name="Sharpness">0 to 7.</param>
/// <param name="ChromaDeltas">What is added to the quantizer's index for chroma, −15 to 15.</param>
internal sealed record FrameHeader(SegmentQuantizer[] Quantizers, int[] FilterLevels, int Sharpness, (int Dc, int Ac) ChromaDeltas)
{
    /// <summary>The quantizer's index of each quality from 0 to 100, on the scale of cwebp: 127 (1 − ∛c), where c rises with the quality.</summary>
    private static readonly byte[] Indices = ComputeIndices();

    /// <summary>Chooses the header, and sets the frame's segments.</summary>
    public static FrameHeader Choose(SourcePlanes source, EncodedFrame frame, int quality)
    {
        int index = Indices[quality];
        SegmentQuantizer quantizer = new(index, (0, 0));
        return new([quantizer], [index / 4], 0, (0, 0));
    }

    private static byte[] ComputeIndices()
    {
        byte[] indices = new byte[101];
        for (int quality = 0; quality < indices.Length; quality++)
        {
            double linear = quality / 100.0;
            double compression = Math.Cbrt(linear < 0.75 ? linear * 2 / 3 : (2 * linear) - 1);
            indices[quality] = (byte)Math.Round(127 * (1 - compression));
        }

        return indices;
    }
}
