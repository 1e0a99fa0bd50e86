using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The quantization of a segment's macroblocks in the encoder.</summary>
internal sealed class SegmentQuantizer
{
    /// <summary>
    /// Added to the index for the DC coefficients of luma without Y2 and of chroma: errors in the mean of a block are more visible than in its
    /// texture. Found by SSIMULACRA2.
    /// </summary>
    public const int DcDelta = -8;

    // The price of a bit in squared differences of coefficients, for a step of 1. Rate-distortion theory gives 2 ln 2 / 12 = 0.116 for
    // squared errors; SSIMULACRA2 is best with 0.4 of it, which keeps more detail.
    private const float Lambda = 0.045f;

    // The same in magnitudes, for a first choice among modes.
    private const float PriceInMagnitudes = 0.2f;

    /// <param name="index">0 to 127 (RFC 6386, 9.6).</param>
    public SegmentQuantizer(int index)
    {
        Index = index;
        Steps = Quantizer.Of(index, DcDelta, (0, 0), (DcDelta, 0));
        Y = new(Steps.Y);
        Y2 = new(Steps.Y2);
        Chroma = new(Steps.Chroma);
        float step = Steps.Y.Ac;
        BitPrice = Lambda * step * step;
        UnitPrice = BitPrice / BitCost.Unit;
        MagnitudePrice = PriceInMagnitudes * step / BitCost.Unit;
    }

    /// <summary>0 to 127.</summary>
    public int Index { get; }

    /// <summary>The factors that a decoder uses.</summary>
    public Quantizer Steps { get; }

    public BlockQuantizer Y { get; }

    public BlockQuantizer Y2 { get; }

    public BlockQuantizer Chroma { get; }

    /// <summary>The price of a bit in squared differences of coefficients.</summary>
    public float BitPrice { get; }

    /// <summary>The price of a 256th of a bit.</summary>
    public float UnitPrice { get; }

    /// <summary>The price of a 256th of a bit in magnitudes of coefficients, for a first choice among modes.</summary>
    public float MagnitudePrice { get; }
}

/// <summary>The steps of a block's coefficients, as vectors.</summary>
internal sealed class BlockQuantizer
{
    public BlockQuantizer((int Dc, int Ac) steps)
    {
        Dc = steps.Dc;
        Ac = steps.Ac;
        StepsUpper = Vector256.Create((float)Ac).WithElement(0, Dc);
        StepsLower = Vector256.Create((float)Ac);
        ReciprocalsUpper = Vector256.Create(1f / Ac).WithElement(0, 1f / Dc);
        ReciprocalsLower = Vector256.Create(1f / Ac);
    }

    public int Dc { get; }

    public int Ac { get; }

    /// <summary>Steps of rows 0 and 1.</summary>
    public Vector256<float> StepsUpper { get; }

    /// <summary>Steps of rows 2 and 3.</summary>
    public Vector256<float> StepsLower { get; }

    public Vector256<float> ReciprocalsUpper { get; }

    public Vector256<float> ReciprocalsLower { get; }
}
