using ResizeImage.Imaging.Formats.Hevc.Entropy;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>sao (H.265 7.3.8.3): the sample adaptive offsets of a coding tree block.</summary>
internal sealed class SaoReader(PictureState state)
{
    private readonly SaoParameters[] _unused = new SaoParameters[3];

    /// <summary>Reads the offsets, and keeps them if the filters run.</summary>
    /// <param name="address">The coding tree block, in raster scan.</param>
    /// <param name="tile">Its tile.</param>
    public void Read(int address, Tile tile)
    {
        EntropyDecoder entropy = state.Entropy;
        int columns = state.Sequence.CtbColumns;
        int slice = state.Slice.SliceAddress;
        Span<SaoParameters> offsets = state.Filters is { } filters ? filters.Offsets.AsSpan(3 * address, 3) : _unused;
        if (address % columns > tile.Left && address > slice && entropy.Decode(ContextModels.SaoMerge) != 0)
        {
            state.Filters?.Offsets.AsSpan(3 * (address - 1), 3).CopyTo(offsets);
            return;
        }

        if (address / columns > tile.Top && address - columns >= slice && entropy.Decode(ContextModels.SaoMerge) != 0)
        {
            state.Filters?.Offsets.AsSpan(3 * (address - columns), 3).CopyTo(offsets);
            return;
        }

        offsets.Clear();
        for (int plane = 0; plane < state.Buffer.Planes; plane++)
        {
            if (plane == 0 ? state.Slice.HasLumaSao : state.Slice.HasChromaSao)
            {
                offsets[plane] = ReadPlane(entropy, plane, plane == 2 ? offsets[1] : default);
            }
        }
    }

    /// <param name="entropy">The arithmetic decoder.</param>
    /// <param name="plane">0 to 2.</param>
    /// <param name="shared">Of Cr: the parameters of Cb, whose type and class it has.</param>
    private SaoParameters ReadPlane(EntropyDecoder entropy, int plane, SaoParameters shared)
    {
        int type = plane == 2 ? shared.Type
            : entropy.Decode(ContextModels.SaoType) == 0 ? 0
            : entropy.Bypass(1) == 0 ? SaoParameters.Band : SaoParameters.Edge;
        if (type == 0)
        {
            return default;
        }

        int bits = plane == 0 ? state.Sequence.LumaBits : state.Sequence.ChromaBits;
        int most = (1 << (Math.Min(bits, 10) - 5)) - 1;
        Span<int> offsets = stackalloc int[4];
        foreach (ref int offset in offsets)
        {
            while (offset < most && entropy.Bypass(1) != 0)
            {
                offset++;
            }
        }

        int detail;
        if (type == SaoParameters.Band)
        {
            foreach (ref int offset in offsets)
            {
                offset = offset != 0 && entropy.Bypass(1) != 0 ? -offset : offset;
            }

            detail = entropy.Bypass(5);
        }
        else
        {
            (offsets[2], offsets[3]) = (-offsets[2], -offsets[3]);
            detail = plane == 2 ? shared.Detail : entropy.Bypass(2);
        }

        // log2_sao_offset_scale is 0: other values are refused. The first edition of H.265 scaled by the bit depth, which decoders do not.
        return new((byte)type, (byte)detail, (short)offsets[0], (short)offsets[1], (short)offsets[2], (short)offsets[3]);
    }
}
