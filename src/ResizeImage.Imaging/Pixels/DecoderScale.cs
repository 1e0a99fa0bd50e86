namespace ResizeImage.Imaging.Pixels;

/// <summary>A reduction that decoding itself can do cheaply (shrink-on-load).</summary>
/// <param name="Eighths">The image is decoded at Eighths/8.</param>
/// <param name="MinResampling">
/// The smallest reduction that is left to resampling. Most decoders average code values, not light; resampling by 3 after it makes the difference
/// small.
/// </param>
internal readonly record struct DecoderScale(int Eighths, double MinResampling = 3)
{
    /// <summary>By how much it reduces.</summary>
    public double Reduction => 8.0 / Eighths;
}
