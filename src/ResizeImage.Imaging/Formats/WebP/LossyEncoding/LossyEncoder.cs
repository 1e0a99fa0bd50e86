using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Encodes a key frame (RFC 6386): the payload of a VP8 chunk. The bytes are the same on every machine.</summary>
internal static class LossyEncoder
{
    // Macroblocks between two updates of the costs by what was counted so far.
    private const int UpdateInterval = 96;

    /// <summary>Encodes an image.</summary>
    /// <param name="bitmap">1, 3 or 4 channels; alpha is ignored.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="work">Checked once per row of macroblocks.</param>
    public static byte[] Encode(Bitmap bitmap, int quality, WorkMeter? work)
    {
        SourcePlanes source = SourcePlanes.Of(bitmap);
        EncodedFrame frame = new(source.Across, source.Down);
        FrameHeader header = FrameHeader.Choose(source, frame, quality);
        MacroblockEncoder macroblocks = new(source, frame, header.Quantizers);
        TokenStatistics statistics = new();
        byte[] probabilities = CoefficientProbabilities.Defaults.ToArray();
        macroblocks.Costs.Update(probabilities);
        int sinceUpdate = 0;
        for (int row = 0; row < frame.Down; row++)
        {
            work?.Check();
            macroblocks.EncodeRow(row, statistics);
            sinceUpdate += frame.Across;
            if (sinceUpdate >= UpdateInterval)
            {
                CoefficientProbabilities.Defaults.CopyTo(probabilities);
                statistics.Optimize(probabilities);
                macroblocks.Costs.Update(probabilities);
                sinceUpdate = 0;
            }
        }

        CoefficientProbabilities.Defaults.CopyTo(probabilities);
        statistics.Optimize(probabilities);
        return new FrameWriter(frame, header, probabilities).Write(bitmap.Width, bitmap.Height);
    }
}
