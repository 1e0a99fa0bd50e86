namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Writes a frame (RFC 6386, 9 and 19): the frame tag, the partition of headers and modes, and one partition of coefficients.</summary>
/// <param name="frame">The macroblocks.</param>
/// <param name="header">Quantizers and the loop filter.</param>
/// <param name="probabilities">Of the tokens, by type, band, context and branch.</param>
internal sealed class FrameWriter(EncodedFrame frame, FrameHeader header, byte[] probabilities)
{
    /// <summary>The most bytes of headers and modes (RFC 6386, 9.1).</summary>
    public const int MaxFirstPartition = (1 << 19) - 1;

    private const int SubblocksAcross = 4;
    private const int TypeStride = CoefficientProbabilities.Bands * CoefficientProbabilities.Contexts * CoefficientProbabilities.Branches;

    private readonly byte[] _segmentProbabilities = SegmentProbabilities(frame);

    /// <summary>Writes everything.</summary>
    /// <param name="width">1 to 16383 pixels.</param>
    /// <param name="height">1 to 16383 pixels.</param>
    public byte[] Write(int width, int height)
    {
        int skipProbability = SkipProbability();
        BoolEncoder modes = new(256 + (frame.Segments.Length * 4));
        WriteHeader(modes, skipProbability);
        WriteModes(modes, skipProbability);
        BoolEncoder tokens = new(frame.Segments.Length * 64);
        WriteTokens(tokens, skipProbability > 0);
        ReadOnlySpan<byte> first = modes.Finish();
        ReadOnlySpan<byte> second = tokens.Finish();
        if (first.Length > MaxFirstPartition)
        {
            throw new InvalidOperationException($"The modes of {width} × {height} pixels have {first.Length} bytes; the format allows {MaxFirstPartition}.");
        }

        byte[] data = new byte[Vp8FrameTag.Size + first.Length + second.Length];
        new Vp8FrameTag(width, height, first.Length).Write(data);
        first.CopyTo(data.AsSpan(Vp8FrameTag.Size));
        second.CopyTo(data.AsSpan(Vp8FrameTag.Size + first.Length));
        return data;
    }

    /// <summary>The probability that a macroblock has coefficients, in 256ths; 0 if all have.</summary>
    private int SkipProbability()
    {
        int full = 0;
        int count = frame.Segments.Length;
        for (int i = 0; i < count; i++)
        {
            full += frame.IsEmpty(i) ? 0 : 1;
        }

        return full == count ? 0 : (int)Math.Clamp(((255L * full) + (count / 2)) / count, 1, 255);
    }

    private void WriteHeader(BoolEncoder output, int skipProbability)
    {
        // Color space, and that values are clamped.
        output.WriteLiteral(0, 2);
        WriteSegments(output);

        // The normal loop filter, its level, no sharpness and no deltas (9.6).
        output.WriteFlag(false);
        output.WriteLiteral(header.FilterLevels.Max(), 6);
        output.WriteLiteral(0, 3);
        output.WriteFlag(false);

        // One partition; the quantizer's index, and what is added to it for Y DC, Y2 DC, Y2 AC, chroma DC and AC (9.6).
        output.WriteLiteral(0, 2);
        output.WriteLiteral(header.Quantizers[0].Index, 7);
        output.WriteOptional(SegmentQuantizer.DcDelta, 4);
        output.WriteLiteral(0, 2);
        output.WriteOptional(SegmentQuantizer.DcDelta, 4);
        output.WriteLiteral(0, 1);

        // No later frame uses the probabilities.
        output.WriteFlag(false);
        ReadOnlySpan<byte> defaults = CoefficientProbabilities.Defaults;
        for (int i = 0; i < probabilities.Length; i++)
        {
            bool changes = probabilities[i] != defaults[i];
            output.Write(changes, CoefficientProbabilities.KeepProbabilities[i]);
            if (changes)
            {
                output.WriteLiteral(probabilities[i], 8);
            }
        }

        output.WriteFlag(skipProbability > 0);
        if (skipProbability > 0)
        {
            output.WriteLiteral(skipProbability, 8);
        }
    }

    /// <summary>Absolute quantizers and filter levels of the segments, and the probabilities of their tree (RFC 6386, 9.3 and 10).</summary>
    private void WriteSegments(BoolEncoder output)
    {
        bool enabled = header.Quantizers.Length > 1;
        output.WriteFlag(enabled);
        if (!enabled)
        {
            return;
        }

        // A map, values, absolute ones.
        output.WriteLiteral(7, 3);
        for (int i = 0; i < Vp8Segmentation.Count; i++)
        {
            output.WriteOptional(i < header.Quantizers.Length ? header.Quantizers[i].Index : 0, 7);
        }

        for (int i = 0; i < Vp8Segmentation.Count; i++)
        {
            output.WriteOptional(i < header.FilterLevels.Length ? header.FilterLevels[i] : 0, 6);
        }

        foreach (byte probability in _segmentProbabilities)
        {
            output.WriteFlag(probability != 255);
            if (probability != 255)
            {
                output.WriteLiteral(probability, 8);
            }
        }
    }

    /// <summary>The probabilities of 0 and 1, of 0 among these two, and of 2 among the others.</summary>
    private static byte[] SegmentProbabilities(EncodedFrame frame)
    {
        int[] counts = new int[Vp8Segmentation.Count];
        foreach (byte segment in frame.Segments)
        {
            counts[segment]++;
        }

        return
        [
            ProbabilityOf(counts[0] + counts[1], counts[2] + counts[3]), ProbabilityOf(counts[0], counts[1]), ProbabilityOf(counts[2], counts[3]),
        ];
    }

    private static byte ProbabilityOf(long zeros, long ones) =>
        ones == 0 ? (byte)255 : (byte)Math.Clamp(((zeros * 256) + ((zeros + ones) / 2)) / (zeros + ones), 1, 255);

    private void WriteSegment(BoolEncoder output, int segment)
    {
        output.Write(segment >= 2, _segmentProbabilities[0]);
        output.Write((segment & 1) != 0, _segmentProbabilities[segment >= 2 ? 2 : 1]);
    }

    private void WriteModes(BoolEncoder output, int skipProbability)
    {
        byte[] above = new byte[frame.Across * SubblocksAcross];
        byte[] left = new byte[SubblocksAcross];
        for (int macroblock = 0; macroblock < frame.Segments.Length; macroblock++)
        {
            int column = macroblock % frame.Across;
            if (column == 0)
            {
                Array.Clear(left);
            }

            if (header.Quantizers.Length > 1)
            {
                WriteSegment(output, frame.Segments[macroblock]);
            }

            if (skipProbability > 0)
            {
                output.Write(frame.IsEmpty(macroblock), skipProbability);
            }

            Span<byte> modesAbove = above.AsSpan(column * SubblocksAcross, SubblocksAcross);
            if (frame.BySubblocks[macroblock])
            {
                WriteSubblocks(output, frame.SubblocksOf(macroblock), modesAbove, left);
            }
            else
            {
                ModeCosts.WriteLuma(output, frame.Luma[macroblock]);
                modesAbove.Fill((byte)frame.Luma[macroblock]);
                left.AsSpan().Fill((byte)frame.Luma[macroblock]);
            }

            ModeCosts.WriteChroma(output, frame.Chroma[macroblock]);
        }
    }

    private static void WriteSubblocks(BoolEncoder output, ReadOnlySpan<byte> modes, Span<byte> above, Span<byte> left)
    {
        ModeCosts.WriteBySubblocks(output);
        for (int block = 0; block < modes.Length; block++)
        {
            int x = block & 3;
            int y = block >> 2;
            ModeCosts.WriteSubblock(output, modes[block], above[x], left[y]);
            above[x] = modes[block];
            left[y] = modes[block];
        }
    }

    private void WriteTokens(BoolEncoder output, bool canSkip)
    {
        Sink sink = new(output, probabilities);
        int[] above = new int[frame.Across];
        int left = 0;
        for (int macroblock = 0; macroblock < frame.Segments.Length; macroblock++)
        {
            int column = macroblock % frame.Across;
            left = column == 0 ? 0 : left;
            NonzeroContext context = MacroblockTokens.Visit(frame, macroblock, new(above[column], left), sink, canSkip);
            (above[column], left) = (context.Above, context.Left);
        }
    }

    private readonly struct Sink(BoolEncoder output, byte[] probabilities) : IBlockSink
    {
        public void Add(int type, int context, int first, ReadOnlySpan<short> levels, int mask) =>
            TokenWriter.Write(output, probabilities.AsSpan(type * TypeStride, TypeStride), context, first, levels, mask);
    }
}
