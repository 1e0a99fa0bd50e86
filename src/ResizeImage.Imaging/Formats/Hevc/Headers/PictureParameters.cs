namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>A picture parameter set (PPS, H.265 7.3.2.3), as far as intra pictures need it. Names follow the syntax elements.</summary>
internal sealed class PictureParameters
{
    private const int MaxTiles = 64;

    public int Id { get; private set; }

    public required SequenceParameters Sequence { get; init; }

    public bool HasDependentSlices { get; private set; }

    public bool HasOutputFlag { get; private set; }

    public int ExtraSliceHeaderBits { get; private set; }

    public bool HasSignDataHiding { get; private set; }

    /// <summary>26 + init_qp_minus26.</summary>
    public int InitialQp { get; private set; }

    public bool HasTransformSkip { get; private set; }

    public bool HasQpDelta { get; private set; }

    /// <summary>Log2MinCuQpDeltaSize.</summary>
    public int Log2MinQpGroup { get; private set; }

    public int CbQpOffset { get; private set; }

    public int CrQpOffset { get; private set; }

    public bool HasSliceChromaQpOffsets { get; private set; }

    /// <summary>transquant_bypass_enabled_flag: coding units may be lossless.</summary>
    public bool HasTransquantBypass { get; private set; }

    /// <summary>entropy_coding_sync_enabled_flag: wavefront parallel processing.</summary>
    public bool HasWavefronts { get; private set; }

    /// <summary>First columns of tiles in coding tree blocks, and the picture's width at the end; two elements if there is one tile.</summary>
    public int[] TileColumns { get; private set; } = [];

    /// <summary>First rows of tiles in coding tree blocks, and the picture's height at the end.</summary>
    public int[] TileRows { get; private set; } = [];

    public bool HasTiles => TileColumns.Length > 2 || TileRows.Length > 2;

    /// <summary>tiles_enabled_flag, which adds entry points to slice headers.</summary>
    public bool AreTilesEnabled { get; private set; }

    public bool LoopFilterAcrossTiles { get; private set; } = true;

    public bool LoopFilterAcrossSlices { get; private set; }

    public bool HasDeblockingOverride { get; private set; }

    public bool IsDeblockingDisabled { get; private set; }

    /// <summary>pps_beta_offset_div2 · 2.</summary>
    public int BetaOffset { get; private set; }

    /// <summary>pps_tc_offset_div2 · 2.</summary>
    public int TcOffset { get; private set; }

    /// <summary>The lists that apply: of this set, or of the sequence; null if scaling lists are off.</summary>
    public ScalingLists? ScalingLists { get; private set; }

    public bool HasSliceHeaderExtension { get; private set; }

    /// <summary>Reads a set.</summary>
    /// <param name="rbsp">The payload of the NAL unit.</param>
    /// <param name="sequences">The sequence parameter sets read so far.</param>
    /// <exception cref="InvalidImageException">An element is out of range, or the set ends early.</exception>
    /// <exception cref="UnsupportedImageException">The set turns on a tool that is not implemented.</exception>
    public static PictureParameters Read(ReadOnlySpan<byte> rbsp, IReadOnlyList<SequenceParameters> sequences)
    {
        RbspReader reader = new(rbsp);
        int id = reader.Unsigned(63, "pps_pic_parameter_set_id");
        int sequenceId = reader.Unsigned(15, "pps_seq_parameter_set_id");
        SequenceParameters? sequence = sequences.LastOrDefault(sps => sps.Id == sequenceId);
        PictureParameters pps = new()
        {
            Id = id,
            Sequence = sequence ?? throw HevcErrors.Corrupt($"a picture parameter set refers to sequence parameter set {sequenceId}, which is missing"),
        };
        pps.ReadCoding(ref reader);
        pps.ReadTiles(ref reader);
        pps.ReadFilters(ref reader);
        pps.ScalingLists = reader.Flag() ? ScalingLists.Read(ref reader, sequence.Chroma) : sequence.ScalingLists;
        if (sequence.ScalingLists is null)
        {
            pps.ScalingLists = null;
        }

        reader.Skip(1); // lists_modification_present_flag
        reader.Unsigned(); // log2_parallel_merge_level_minus2
        pps.HasSliceHeaderExtension = reader.Flag();
        if (reader.Flag())
        {
            pps.CheckExtensions(ref reader);
        }

        return reader.IsPastEnd ? throw HevcErrors.Corrupt("the picture parameter set ends early") : pps;
    }

    private void ReadCoding(ref RbspReader reader)
    {
        HasDependentSlices = reader.Flag();
        HasOutputFlag = reader.Flag();
        ExtraSliceHeaderBits = (int)reader.Bits(3);
        HasSignDataHiding = reader.Flag();
        reader.Skip(1); // cabac_init_present_flag
        reader.Unsigned(); // num_ref_idx_l0_default_active_minus1
        reader.Unsigned(); // num_ref_idx_l1_default_active_minus1
        InitialQp = 26 + reader.Signed(-26 - Sequence.QpOffsetLuma, 25, "init_qp_minus26");
        reader.Skip(1); // constrained_intra_pred_flag: in intra pictures, all neighbors are intra
        HasTransformSkip = reader.Flag();
        HasQpDelta = reader.Flag();
        int depth = HasQpDelta ? reader.Unsigned(Sequence.Log2Ctb - Sequence.Log2MinCodingBlock, "diff_cu_qp_delta_depth") : 0;
        Log2MinQpGroup = Sequence.Log2Ctb - depth;
        CbQpOffset = reader.Signed(-12, 12, "pps_cb_qp_offset");
        CrQpOffset = reader.Signed(-12, 12, "pps_cr_qp_offset");
        HasSliceChromaQpOffsets = reader.Flag();
        reader.Skip(2); // weighted_pred_flag and weighted_bipred_flag
        HasTransquantBypass = reader.Flag();
    }

    private void ReadTiles(ref RbspReader reader)
    {
        AreTilesEnabled = reader.Flag();
        HasWavefronts = reader.Flag();
        if (!AreTilesEnabled)
        {
            TileColumns = [0, Sequence.CtbColumns];
            TileRows = [0, Sequence.CtbRows];
            return;
        }

        int columns = reader.Unsigned(Math.Min(MaxTiles, Sequence.CtbColumns) - 1, "num_tile_columns_minus1") + 1;
        int rows = reader.Unsigned(Math.Min(MaxTiles, Sequence.CtbRows) - 1, "num_tile_rows_minus1") + 1;
        bool isUniform = reader.Flag();
        TileColumns = Boundaries(ref reader, columns, Sequence.CtbColumns, isUniform);
        TileRows = Boundaries(ref reader, rows, Sequence.CtbRows, isUniform);
        LoopFilterAcrossTiles = reader.Flag();
    }

    /// <summary>colBd and rowBd (6.5.1).</summary>
    private static int[] Boundaries(ref RbspReader reader, int tiles, int length, bool isUniform)
    {
        int[] boundaries = new int[tiles + 1];
        for (int i = 1; i < tiles; i++)
        {
            boundaries[i] = isUniform
                ? i * length / tiles
                : boundaries[i - 1] + 1 + reader.Unsigned(length - 1, "the size of a tile");
            if (boundaries[i] >= length)
            {
                throw HevcErrors.Corrupt("its tiles are larger than the picture");
            }
        }

        boundaries[tiles] = length;
        return boundaries;
    }

    private void ReadFilters(ref RbspReader reader)
    {
        LoopFilterAcrossSlices = reader.Flag();
        if (!reader.Flag())
        {
            return;
        }

        HasDeblockingOverride = reader.Flag();
        IsDeblockingDisabled = reader.Flag();
        if (!IsDeblockingDisabled)
        {
            BetaOffset = 2 * reader.Signed(-6, 6, "pps_beta_offset_div2");
            TcOffset = 2 * reader.Signed(-6, 6, "pps_tc_offset_div2");
        }
    }

    private void CheckExtensions(ref RbspReader reader)
    {
        bool hasRange = reader.Flag();
        reader.Skip(2); // pps_multilayer_extension_flag and pps_3d_extension_flag
        bool hasScreenContent = reader.Flag();
        reader.Skip(4);
        if (hasRange)
        {
            if (HasTransformSkip && reader.Unsigned() != 0)
            {
                throw HevcErrors.Unsupported("transform skip blocks larger than 4 × 4 (log2_max_transform_skip_block_size_minus2)");
            }

            if (reader.Flag())
            {
                throw HevcErrors.Unsupported("cross-component prediction (cross_component_prediction_enabled_flag)");
            }

            if (reader.Flag())
            {
                throw HevcErrors.Unsupported("chroma QP offset lists (chroma_qp_offset_list_enabled_flag)");
            }

            if (reader.Unsigned() != 0 || reader.Unsigned() != 0)
            {
                throw HevcErrors.Unsupported("scaled SAO offsets (log2_sao_offset_scale)");
            }
        }

        if (hasScreenContent)
        {
            throw HevcErrors.Unsupported("screen content coding");
        }
    }
}
