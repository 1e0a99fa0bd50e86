namespace ResizeImage.Imaging.Pixels;

/// <summary>A reduction that decoding itself can do cheaply (shrink-on-load).</summary>
/// <param name="Factor">The image is decoded at 1/Factor.</param>
/// <param name="MinResampling">
/// The smallest reduction that is left to resampling. Most decoders average code values, not light; resampling by 3 after it makes the difference
/// small.
/// </param>
internal readonly record struct DecoderScale(int Factor, double MinResampling = 3);
