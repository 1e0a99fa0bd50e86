namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>A sequence parameter set (SPS, H.265 7.3.2.2), as far as intra pictures need it. Names follow the syntax elements.</summary>
internal sealed class SequenceParameters
{
    /// <summary>A level allows at most 8,912,896 · 8 samples a row or column; wider pictures exist in no profile, and offsets stay small.</summary>
    private const int MaxLength = 1 << 16;

    public int Id { get; private set; }

    public ChromaFormat Chroma { get; private set; }

    /// <summary>Columns of luma samples, before the conformance window.</summary>
    public int CodedWidth { get; private set; }

    /// <summary>Rows of luma samples, before the conformance window.</summary>
    public int CodedHeight { get; private set; }

    /// <summary>First column of the conformance window, in luma samples.</summary>
    public int Left { get; private set; }

    /// <summary>First row of the conformance window, in luma samples.</summary>
    public int Top { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int LumaBits { get; private set; }

    public int ChromaBits { get; private set; }

    public int Log2PocLsb { get; private set; }

    public int Log2MinCodingBlock { get; private set; }

    public int Log2Ctb { get; private set; }

    public int Log2MinTransform { get; private set; }

    public int Log2MaxTransform { get; private set; }

    /// <summary>max_transform_hierarchy_depth_intra.</summary>
    public int MaxTransformDepth { get; private set; }

    /// <summary>Null if scaling lists are off.</summary>
    public ScalingLists? ScalingLists { get; private set; }

    public bool HasSampleAdaptiveOffset { get; private set; }

    public bool HasPcm { get; private set; }

    public int PcmLumaBits { get; private set; }

    public int PcmChromaBits { get; private set; }

    public int Log2MinPcm { get; private set; }

    public int Log2MaxPcm { get; private set; }

    public bool IsPcmLoopFilterDisabled { get; private set; }

    /// <summary>Pictures of each short-term reference picture set.</summary>
    public int[] ReferencePictureCounts { get; private set; } = [];

    public bool HasLongTermPictures { get; private set; }

    public int LongTermPictureCount { get; private set; }

    public bool HasTemporalMotionVectors { get; private set; }

    public bool HasStrongIntraSmoothing { get; private set; }

    /// <summary>The meaning of samples; null if it is not stated.</summary>
    public VideoSignal? Signal { get; private set; }

    /// <summary>Coding tree blocks of a row.</summary>
    public int CtbColumns => (CodedWidth + (1 << Log2Ctb) - 1) >> Log2Ctb;

    /// <summary>Rows of coding tree blocks.</summary>
    public int CtbRows => (CodedHeight + (1 << Log2Ctb) - 1) >> Log2Ctb;

    /// <summary>Log2 of SubWidthC.</summary>
    public int ChromaShiftX => Chroma is ChromaFormat.Yuv420 or ChromaFormat.Yuv422 ? 1 : 0;

    /// <summary>Log2 of SubHeightC.</summary>
    public int ChromaShiftY => Chroma is ChromaFormat.Yuv420 ? 1 : 0;

    /// <summary>QpBdOffsetY.</summary>
    public int QpOffsetLuma => 6 * (LumaBits - 8);

    /// <summary>QpBdOffsetC.</summary>
    public int QpOffsetChroma => 6 * (ChromaBits - 8);

    /// <summary>Reads a set.</summary>
    /// <param name="rbsp">The payload of the NAL unit.</param>
    /// <exception cref="InvalidImageException">An element is out of range, or the set ends early.</exception>
    /// <exception cref="UnsupportedImageException">The set turns on a tool that is not implemented.</exception>
    public static SequenceParameters Read(ReadOnlySpan<byte> rbsp)
    {
        RbspReader reader = new(rbsp);
        SequenceParameters sps = new();
        reader.Skip(4); // sps_video_parameter_set_id
        int subLayers = (int)reader.Bits(3) + 1;
        reader.Skip(1); // sps_temporal_id_nesting_flag
        SkipProfileTierLevel(ref reader, subLayers);
        sps.Id = reader.Unsigned(15, "sps_seq_parameter_set_id");
        sps.ReadSize(ref reader);
        sps.ReadBits(ref reader, subLayers);
        sps.ReadBlocks(ref reader);
        sps.ReadTools(ref reader);
        sps.ReadReferences(ref reader);
        sps.HasStrongIntraSmoothing = reader.Flag();
        if (reader.Flag())
        {
            sps.Signal = VideoUsability.Read(ref reader, subLayers);
        }

        if (reader.Flag())
        {
            CheckExtensions(ref reader);
        }

        return reader.IsPastEnd ? throw HevcErrors.Corrupt("the sequence parameter set ends early") : sps;
    }

    /// <summary>profile_tier_level (7.3.3). The profile does not decide what is decoded: the tools do.</summary>
    private static void SkipProfileTierLevel(ref RbspReader reader, int subLayers)
    {
        const int ProfileBits = 88;
        const int LevelBits = 8;
        reader.Skip(ProfileBits + LevelBits);
        if (subLayers == 1)
        {
            return;
        }

        uint present = reader.Bits(16); // two flags for each of eight sub-layers, reserved ones included
        for (int i = 0; i < subLayers - 1; i++)
        {
            reader.Skip((present >> (15 - (2 * i)) & 1) != 0 ? ProfileBits : 0);
            reader.Skip((present >> (14 - (2 * i)) & 1) != 0 ? LevelBits : 0);
        }
    }

    private void ReadSize(ref RbspReader reader)
    {
        Chroma = (ChromaFormat)reader.Unsigned(3, "chroma_format_idc");
        if (Chroma == ChromaFormat.Yuv444 && reader.Flag())
        {
            throw HevcErrors.Unsupported("separate color planes");
        }

        CodedWidth = reader.Unsigned(MaxLength, "pic_width_in_luma_samples");
        CodedHeight = reader.Unsigned(MaxLength, "pic_height_in_luma_samples");
        (long left, long right, long top, long bottom) = reader.Flag()
            ? (reader.Unsigned(), reader.Unsigned(), reader.Unsigned(), reader.Unsigned())
            : (0L, 0L, 0L, 0L);
        long width = CodedWidth - ((left + right) << ChromaShiftX);
        long height = CodedHeight - ((top + bottom) << ChromaShiftY);
        if (width <= 0 || height <= 0)
        {
            throw HevcErrors.Corrupt($"its size is {CodedWidth} × {CodedHeight}, and its conformance window leaves no pixel");
        }

        (Left, Top, Width, Height) = ((int)left << ChromaShiftX, (int)top << ChromaShiftY, (int)width, (int)height);
    }

    private void ReadBits(ref RbspReader reader, int subLayers)
    {
        LumaBits = reader.Unsigned(8, "bit_depth_luma_minus8") + 8;
        ChromaBits = reader.Unsigned(8, "bit_depth_chroma_minus8") + 8;
        if (LumaBits > 12 || ChromaBits > 12)
        {
            throw HevcErrors.Unsupported($"samples of {Math.Max(LumaBits, ChromaBits)} bits");
        }

        Log2PocLsb = reader.Unsigned(12, "log2_max_pic_order_cnt_lsb_minus4") + 4;
        bool isPresent = reader.Flag();
        for (int i = isPresent ? 0 : subLayers - 1; i < subLayers; i++)
        {
            reader.Unsigned(); // sps_max_dec_pic_buffering_minus1
            reader.Unsigned(); // sps_max_num_reorder_pics
            reader.Unsigned(); // sps_max_latency_increase_plus1
        }
    }

    private void ReadBlocks(ref RbspReader reader)
    {
        Log2MinCodingBlock = reader.Unsigned(3, "log2_min_luma_coding_block_size_minus3") + 3;
        Log2Ctb = Log2MinCodingBlock + reader.Unsigned(3, "log2_diff_max_min_luma_coding_block_size");
        Log2MinTransform = reader.Unsigned(3, "log2_min_luma_transform_block_size_minus2") + 2;
        Log2MaxTransform = Log2MinTransform + reader.Unsigned(3, "log2_diff_max_min_luma_transform_block_size");
        reader.Unsigned(); // max_transform_hierarchy_depth_inter
        MaxTransformDepth = reader.Unsigned(4, "max_transform_hierarchy_depth_intra");
        bool isValid = Log2Ctb is >= 4 and <= 6 && Log2MinTransform < Log2MinCodingBlock && Log2MaxTransform <= Math.Min(Log2Ctb, 5)
            && CodedWidth % (1 << Log2MinCodingBlock) == 0 && CodedHeight % (1 << Log2MinCodingBlock) == 0;
        if (!isValid)
        {
            throw HevcErrors.Corrupt("the sizes of its coding blocks, transforms and picture do not fit together");
        }
    }

    private void ReadTools(ref RbspReader reader)
    {
        if (reader.Flag())
        {
            ScalingLists = reader.Flag() ? ScalingLists.Read(ref reader, Chroma) : ScalingLists.Default;
        }

        reader.Skip(1); // amp_enabled_flag
        HasSampleAdaptiveOffset = reader.Flag();
        HasPcm = reader.Flag();
        if (!HasPcm)
        {
            return;
        }

        PcmLumaBits = (int)reader.Bits(4) + 1;
        PcmChromaBits = (int)reader.Bits(4) + 1;
        Log2MinPcm = reader.Unsigned(2, "log2_min_pcm_luma_coding_block_size_minus3") + 3;
        Log2MaxPcm = Log2MinPcm + reader.Unsigned(2, "log2_diff_max_min_pcm_luma_coding_block_size");
        IsPcmLoopFilterDisabled = reader.Flag();
        if (PcmLumaBits > LumaBits || PcmChromaBits > ChromaBits || Log2MaxPcm > Math.Min(Log2Ctb, 5))
        {
            throw HevcErrors.Corrupt("its PCM samples have more bits, or its PCM blocks are larger, than allowed");
        }
    }

    private void ReadReferences(ref RbspReader reader)
    {
        ReferencePictureCounts = new int[reader.Unsigned(64, "num_short_term_ref_pic_sets")];
        for (int i = 0; i < ReferencePictureCounts.Length; i++)
        {
            ReferencePictureSet.Skip(ref reader, i, ReferencePictureCounts);
        }

        HasLongTermPictures = reader.Flag();
        if (HasLongTermPictures)
        {
            LongTermPictureCount = reader.Unsigned(32, "num_long_term_ref_pics_sps");
            reader.Skip(LongTermPictureCount * (Log2PocLsb + 1));
        }

        HasTemporalMotionVectors = reader.Flag();
    }

    /// <summary>Extensions (7.3.2.2.2 on). Those of other layers do not matter to the base layer.</summary>
    private static void CheckExtensions(ref RbspReader reader)
    {
        const int RangeFlags = 9;
        bool hasRange = reader.Flag();
        reader.Skip(2); // sps_multilayer_extension_flag and sps_3d_extension_flag
        bool hasScreenContent = reader.Flag();
        reader.Skip(4);
        for (int i = 0; hasRange && i < RangeFlags; i++)
        {
            if (reader.Flag() && RangeTool(i) is { } tool)
            {
                throw HevcErrors.Unsupported(tool);
            }
        }

        if (hasScreenContent)
        {
            throw HevcErrors.Unsupported("screen content coding");
        }
    }

    /// <summary>A tool by the position of its flag in sps_range_extension; null if it does not change intra pictures.</summary>
    private static string? RangeTool(int flag) => flag switch
    {
        0 => "rotation of transform skip blocks (transform_skip_rotation_enabled_flag)",
        1 => "a context for transform skip blocks (transform_skip_context_enabled_flag)",
        2 => "residual DPCM (implicit_rdpcm_enabled_flag)",
        4 => "extended precision processing (extended_precision_processing_flag)",
        5 => "disabled intra smoothing (intra_smoothing_disabled_flag)",
        7 => "persistent Rice adaptation (persistent_rice_adaptation_enabled_flag)",
        8 => "aligned bypass decoding (cabac_bypass_alignment_enabled_flag)",
        _ => null,
    };
}
