namespace ResizeImage.Imaging.Color;

/// <summary>
/// A function from 0 to 1 into 0 to 1: from code values to linear light, or a stage of a profile's tables. Its tables are built on first use.
/// </summary>
internal abstract class ToneCurve
{
    /// <summary>The sRGB transfer function.</summary>
    public static readonly ToneCurve Srgb = new SrgbCurve();

    /// <summary>Bytes of the tables of one curve.</summary>
    public const long TableBytes = (256 + 65536) * sizeof(float);

    private float[]? _fromByte;
    private float[]? _fromUInt16;

    /// <summary>Values at all 8-bit codes.</summary>
    public virtual ReadOnlySpan<float> FromByte => _fromByte ??= Sample(256);

    /// <summary>Values at all 16-bit codes (256 kB).</summary>
    public virtual ReadOnlySpan<float> FromUInt16 => _fromUInt16 ??= Sample(65536);

    /// <summary>The value at <paramref name="x"/>; always 0 to 1, whatever parameters a file has.</summary>
    public double At(double x)
    {
        double y = Evaluate(x);
        return y > 0 ? Math.Min(y, 1) : 0;
    }

    /// <summary>Values at even steps from 0 to 1.</summary>
    public float[] Sample(int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)At(i / (count - 1.0));
        }

        return values;
    }

    /// <summary>True if the curves differ by at most half a code of sRGB at every 8-bit code.</summary>
    public bool IsLike(ToneCurve other)
    {
        const double HalfCode = 0.5 / 255;
        ReadOnlySpan<float> own = FromByte;
        ReadOnlySpan<float> others = other.FromByte;
        for (int i = 0; i < 256; i++)
        {
            if (Math.Abs(SrgbTransfer.Encode(own[i]) - SrgbTransfer.Encode(others[i])) > HalfCode)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The function itself. The caller clips results to 0 to 1.</summary>
    /// <param name="x">0 to 1.</param>
    protected abstract double Evaluate(double x);

    private sealed class SrgbCurve : ToneCurve
    {
        public override ReadOnlySpan<float> FromByte => SrgbTransfer.FromByte;

        public override ReadOnlySpan<float> FromUInt16 => SrgbTransfer.FromUInt16;

        protected override double Evaluate(double x) => SrgbTransfer.Decode(x);
    }
}
