using System.Numerics;

namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>slice_segment_header (H.265 7.3.6.1) of an intra slice.</summary>
internal sealed class SliceHeader
{
    private const int IntraSlice = 2;

    public required PictureParameters Picture { get; init; }

    /// <summary>slice_segment_address: the first coding tree block of the segment, in raster scan.</summary>
    public int SegmentAddress { get; private set; }

    /// <summary>dependent_slice_segment_flag: the segment continues the slice of the one before it.</summary>
    public bool IsDependent { get; private set; }

    /// <summary>SliceAddrRs: the first coding tree block of the slice, in raster scan.</summary>
    public int SliceAddress { get; private set; }

    public bool HasLumaSao { get; private set; }

    public bool HasChromaSao { get; private set; }

    /// <summary>SliceQpY.</summary>
    public int Qp { get; private set; }

    /// <summary>pps_cb_qp_offset + slice_cb_qp_offset.</summary>
    public int CbQpOffset { get; private set; }

    /// <summary>pps_cr_qp_offset + slice_cr_qp_offset.</summary>
    public int CrQpOffset { get; private set; }

    public bool IsDeblockingDisabled { get; private set; }

    /// <summary>slice_beta_offset_div2 · 2.</summary>
    public int BetaOffset { get; private set; }

    /// <summary>slice_tc_offset_div2 · 2.</summary>
    public int TcOffset { get; private set; }

    public bool LoopFilterAcrossSlices { get; private set; }

    /// <summary>Offset of slice_segment_data in the payload without emulation prevention bytes.</summary>
    public int DataOffset { get; private set; }

    /// <summary>Reads a header.</summary>
    /// <param name="rbsp">The payload of the NAL unit.</param>
    /// <param name="type">nal_unit_type.</param>
    /// <param name="pictures">The picture parameter sets, later ones replacing earlier ones.</param>
    /// <param name="previous">The header of the segment before it in the picture; null if there is none.</param>
    /// <exception cref="InvalidImageException">An element is out of range, or the header ends early.</exception>
    /// <exception cref="UnsupportedImageException">The slice is predicted from other pictures.</exception>
    public static SliceHeader Read(ReadOnlySpan<byte> rbsp, int type, IReadOnlyList<PictureParameters> pictures, SliceHeader? previous)
    {
        RbspReader reader = new(rbsp);
        bool isFirst = reader.Flag();
        if (NalUnit.IsIrap(type))
        {
            reader.Skip(1); // no_output_of_prior_pics_flag
        }

        int id = reader.Unsigned(63, "slice_pic_parameter_set_id");
        PictureParameters picture = pictures.LastOrDefault(pps => pps.Id == id)
            ?? throw HevcErrors.Corrupt($"a slice refers to picture parameter set {id}, which is missing");
        SliceHeader header = new() { Picture = picture };
        if (!isFirst)
        {
            header.ReadAddress(ref reader);
        }

        if (header.IsDependent)
        {
            header.CopyFrom(previous ?? throw HevcErrors.Corrupt("its first slice segment depends on one that is missing"));
        }
        else
        {
            header.SliceAddress = header.SegmentAddress;
            header.ReadSlice(ref reader, type);
        }

        header.SkipEntryPoints(ref reader);
        reader.Skip(1); // alignment_bit_equal_to_one
        header.DataOffset = reader.BytePosition;
        return reader.IsPastEnd ? throw HevcErrors.Corrupt("a slice header ends early") : header;
    }

    private void ReadAddress(ref RbspReader reader)
    {
        IsDependent = Picture.HasDependentSlices && reader.Flag();
        int blocks = Picture.Sequence.CtbColumns * Picture.Sequence.CtbRows;
        SegmentAddress = (int)reader.Bits(BitOperations.Log2((uint)blocks - 1) + (blocks > 1 ? 1 : 0));
        if (SegmentAddress >= blocks)
        {
            throw HevcErrors.Corrupt($"a slice begins at block {SegmentAddress} of {blocks}");
        }
    }

    private void CopyFrom(SliceHeader other)
    {
        SliceAddress = other.SliceAddress;
        (HasLumaSao, HasChromaSao) = (other.HasLumaSao, other.HasChromaSao);
        (Qp, CbQpOffset, CrQpOffset) = (other.Qp, other.CbQpOffset, other.CrQpOffset);
        (IsDeblockingDisabled, BetaOffset, TcOffset) = (other.IsDeblockingDisabled, other.BetaOffset, other.TcOffset);
        LoopFilterAcrossSlices = other.LoopFilterAcrossSlices;
    }

    private void ReadSlice(ref RbspReader reader, int type)
    {
        SequenceParameters sequence = Picture.Sequence;
        reader.Skip(Picture.ExtraSliceHeaderBits);
        if (reader.Unsigned(2, "slice_type") != IntraSlice)
        {
            throw HevcErrors.Unsupported("prediction from other pictures (a P or B slice)");
        }

        if (Picture.HasOutputFlag)
        {
            reader.Skip(1); // pic_output_flag
        }

        if (!NalUnit.IsIdr(type))
        {
            SkipReferences(ref reader, sequence);
        }

        if (sequence.HasSampleAdaptiveOffset)
        {
            HasLumaSao = reader.Flag();
            HasChromaSao = sequence.Chroma != ChromaFormat.Monochrome && reader.Flag();
        }

        ReadQuantization(ref reader, sequence);
        ReadFilters(ref reader);
    }

    /// <summary>The order of the picture and the pictures that later ones refer to.</summary>
    private static void SkipReferences(ref RbspReader reader, SequenceParameters sequence)
    {
        reader.Skip(sequence.Log2PocLsb);
        int sets = sequence.ReferencePictureCounts.Length;
        if (!reader.Flag())
        {
            ReferencePictureSet.Skip(ref reader, sets, sequence.ReferencePictureCounts);
        }
        else if (sets > 1)
        {
            reader.Skip(BitOperations.Log2((uint)sets - 1) + 1);
        }

        if (sequence.HasLongTermPictures)
        {
            int listed = sequence.LongTermPictureCount > 0 ? reader.Unsigned(sequence.LongTermPictureCount, "num_long_term_sps") : 0;
            int total = listed + reader.Unsigned(32, "num_long_term_pics");
            for (int i = 0; i < total; i++)
            {
                int bits = i >= listed ? sequence.Log2PocLsb + 1
                    : sequence.LongTermPictureCount > 1 ? BitOperations.Log2((uint)sequence.LongTermPictureCount - 1) + 1
                    : 0;
                reader.Skip(bits);
                if (reader.Flag())
                {
                    reader.Unsigned(); // delta_poc_msb_cycle_lt
                }
            }
        }

        if (sequence.HasTemporalMotionVectors)
        {
            reader.Skip(1); // slice_temporal_mvp_enabled_flag
        }
    }

    private void ReadQuantization(ref RbspReader reader, SequenceParameters sequence)
    {
        Qp = Picture.InitialQp + reader.Signed(-128, 127, "slice_qp_delta");
        if (Qp < -sequence.QpOffsetLuma || Qp > 51)
        {
            throw HevcErrors.Corrupt($"a slice has the quantization parameter {Qp}");
        }

        (CbQpOffset, CrQpOffset) = (Picture.CbQpOffset, Picture.CrQpOffset);
        if (Picture.HasSliceChromaQpOffsets)
        {
            CbQpOffset += reader.Signed(-12, 12, "slice_cb_qp_offset");
            CrQpOffset += reader.Signed(-12, 12, "slice_cr_qp_offset");
        }
    }

    private void ReadFilters(ref RbspReader reader)
    {
        (IsDeblockingDisabled, BetaOffset, TcOffset) = (Picture.IsDeblockingDisabled, Picture.BetaOffset, Picture.TcOffset);
        if (Picture.HasDeblockingOverride && reader.Flag())
        {
            IsDeblockingDisabled = reader.Flag();
            if (!IsDeblockingDisabled)
            {
                BetaOffset = 2 * reader.Signed(-6, 6, "slice_beta_offset_div2");
                TcOffset = 2 * reader.Signed(-6, 6, "slice_tc_offset_div2");
            }
        }

        LoopFilterAcrossSlices = Picture.LoopFilterAcrossSlices;
        if (LoopFilterAcrossSlices && (HasLumaSao || HasChromaSao || !IsDeblockingDisabled))
        {
            LoopFilterAcrossSlices = reader.Flag();
        }
    }

    /// <summary>Entry points, which only parallel decoders need, and the extension.</summary>
    private void SkipEntryPoints(ref RbspReader reader)
    {
        if (Picture.AreTilesEnabled || Picture.HasWavefronts)
        {
            int most = (Picture.HasWavefronts ? Picture.Sequence.CtbRows : 1) * Math.Max(1, Picture.TileColumns.Length) * Picture.TileRows.Length;
            int count = reader.Unsigned(Math.Max(most, Picture.Sequence.CtbRows), "num_entry_point_offsets");
            if (count > 0)
            {
                int bits = reader.Unsigned(31, "offset_len_minus1") + 1;
                for (int i = 0; i < count && !reader.IsPastEnd; i++)
                {
                    reader.Skip(bits);
                }
            }
        }

        if (Picture.HasSliceHeaderExtension)
        {
            int length = reader.Unsigned(256, "slice_segment_header_extension_length");
            reader.Skip(8 * length);
        }
    }
}
