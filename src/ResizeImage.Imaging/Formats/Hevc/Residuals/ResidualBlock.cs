namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>What residual_coding needs to know about its transform block.</summary>
/// <param name="log2Size">Log2 of the block's size: 2 to 5.</param>
/// <param name="isChroma">The block is Cb or Cr.</param>
/// <param name="scanIdx">The scan, see <see cref="Headers.ScanOrder"/>.</param>
/// <param name="isLossless">cu_transquant_bypass_flag.</param>
/// <param name="quantization">Scales coefficients of blocks that are not lossless.</param>
internal readonly struct ResidualBlock(int log2Size, bool isChroma, int scanIdx, bool isLossless, Quantization quantization)
{
    public readonly int Log2Size = log2Size;

    public readonly bool IsChroma = isChroma;

    public readonly int ScanIdx = scanIdx;

    public readonly bool IsLossless = isLossless;

    public readonly Quantization Quantization = quantization;
}
