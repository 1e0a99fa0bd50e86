namespace ResizeImage.Imaging.Formats.Hevc.Entropy;

/// <summary>
/// The context variables of intra slices (H.265 9.3.2.2, tables 9-5 to 9-37, initType 0): (pStateIdx · 2) + valMps each, one syntax element after the
/// other.
/// </summary>
internal static class ContextModels
{
    public const int SaoMerge = 0;
    public const int SaoType = 1;
    public const int SplitCodingUnit = 2;
    public const int TransquantBypass = 5;
    public const int PartMode = 6;
    public const int PreviousIntraLuma = 7;
    public const int IntraChroma = 8;
    public const int SplitTransform = 9;
    public const int CodedLuma = 12;
    public const int CodedChroma = 14;
    public const int QpDelta = 19;
    public const int TransformSkip = 21;
    public const int LastX = 23;
    public const int LastY = 41;
    public const int CodedSubBlock = 59;
    public const int Significant = 63;
    public const int Greater1 = 105;
    public const int Greater2 = 129;
    public const int Count = 135;

    /// <summary>Values to initialize from, in the order of the constants.</summary>
    private static ReadOnlySpan<byte> InitValues =>
    [
        153, // sao_merge_left_flag and sao_merge_up_flag
        200, // sao_type_idx
        139, 141, 157, // split_cu_flag
        154, // cu_transquant_bypass_flag
        184, // part_mode
        184, // prev_intra_luma_pred_flag
        63, // intra_chroma_pred_mode
        153, 138, 138, // split_transform_flag
        111, 141, // cbf_luma
        94, 138, 182, 154, 154, // cbf_cb and cbf_cr
        154, 154, // cu_qp_delta_abs
        139, 139, // transform_skip_flag
        110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123, 63, // last_sig_coeff_x_prefix
        110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123, 63, // last_sig_coeff_y_prefix
        91, 171, 134, 141, // coded_sub_block_flag
        111, 111, 125, 110, 110, 94, 124, 108, 124, 107, 125, 141, 179, 153, 125, 107, 125, 141, 179, 153, 125, // sig_coeff_flag
        107, 125, 141, 179, 153, 125, 140, 139, 182, 182, 152, 136, 152, 136, 153, 136, 139, 111, 136, 139, 111,
        140, 92, 137, 138, 140, 152, 138, 139, 153, 74, 149, 92, 139, 107, 122, 152, // coeff_abs_level_greater1_flag
        140, 179, 166, 182, 140, 227, 122, 197,
        138, 153, 136, 167, 152, 152, // coeff_abs_level_greater2_flag
    ];

    /// <summary>Initializes all variables (9.3.2.2).</summary>
    /// <param name="models">Receives <see cref="Count"/> variables.</param>
    /// <param name="sliceQp">SliceQpY.</param>
    public static void Initialize(Span<byte> models, int sliceQp)
    {
        int qp = Math.Clamp(sliceQp, 0, 51);
        for (int i = 0; i < Count; i++)
        {
            int slope = ((InitValues[i] >> 4) * 5) - 45;
            int offset = ((InitValues[i] & 15) << 3) - 16;
            int state = Math.Clamp(((slope * qp) >> 4) + offset, 1, 126);
            models[i] = (byte)(state <= 63 ? (63 - state) << 1 : ((state - 64) << 1) | 1);
        }
    }
}
