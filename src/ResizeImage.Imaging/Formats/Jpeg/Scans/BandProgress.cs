using System.Numerics;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Follows the scans of a progressive file for one component and one window: which scans matter, and from where on none does. At a reduced scale
/// the decoder skips scans that have only higher coefficients, and the last two bits of AC coefficients: they make up half of the file, and
/// refining them would need the history of all coefficients of a band. It does not wait for the last bits of DC coefficients where their
/// quantization is fine: encoders write them behind those of AC. Other decoders read all scans. What it decides depends on nothing that comes
/// later in the file, so that the rest need not be downloaded.
/// </summary>
internal sealed class BandProgress
{
    /// <summary>Coefficients of a whole block.</summary>
    public const int Whole = 64;

    /// <summary>Encoders refine AC coefficients from bit 2 or 1; without those bits, the error is a few quantization steps.</summary>
    private const int BitsLeftOut = 2;

    /// <summary>
    /// The coarsest quantization of DC, in steps of 1/8 code value, that its left out bits may leave: estimated by the middle, a sample is off by
    /// half of it, 5/16 code value. With the tables of libjpeg, one bit is left out from quality 84 up.
    /// </summary>
    private const int CoarsestDc = 5;

    private const int Missing = int.MaxValue;

    /// <summary>For each coefficient, the bit position Al of its last scan that matters.</summary>
    private readonly int[] _bits;

    /// <summary>The quantization step of DC.</summary>
    private int _dcStep;

    /// <param name="kept">Coefficients of a block that the window uses, in zig-zag order, 1 to 64.</param>
    public BandProgress(int kept)
    {
        _bits = new int[kept];
        Array.Fill(_bits, Missing);
    }

    /// <summary>Coefficients of a block that are used.</summary>
    public int Kept => _bits.Length;

    /// <summary>True if no further scan can matter.</summary>
    public bool IsComplete
    {
        get
        {
            int most = Kept == Whole ? 0 : BitsLeftOut;
            for (int k = 1; k < Kept; k++)
            {
                if (_bits[k] > most)
                {
                    return false;
                }
            }

            return _bits[0] == 0 || IsFineDc;
        }
    }

    /// <summary>What a DC coefficient is estimated to have in the bits that <see cref="Estimate(int, int)"/> leaves out.</summary>
    public float DcMiddle => ((1 << LeftOut(0)) - 1) / 2f;

    /// <summary>True if the bits that DC lacks make no visible difference.</summary>
    private bool IsFineDc => Kept < Whole && _bits[0] != Missing && ((1 << _bits[0]) - 1) * _dcStep <= CoarsestDc;

    /// <summary>
    /// True for a first scan of coefficients that are used after whose skipped refinements too many bits would be missing: the component must be
    /// decoded with whole blocks.
    /// </summary>
    public bool NeedsWholeBlocks(ScanHeader scan) =>
        Kept < Whole && scan is { SpectralStart: > 0, ApproximationHigh: 0, ApproximationLow: > BitsLeftOut } && scan.SpectralStart < Kept;

    /// <summary>True if the window's pixels depend on a scan.</summary>
    public bool Matters(ScanHeader scan) =>
        scan.SpectralStart < Kept && (Kept == Whole || !(scan.SpectralStart > 0 && scan.ApproximationHigh > 0));

    /// <summary>Counts a scan that matters.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="dcStep">The component's quantization step of DC.</param>
    public void Add(ScanHeader scan, int dcStep)
    {
        _dcStep = dcStep;
        for (int k = scan.SpectralStart; k <= scan.SpectralEnd && k < Kept; k++)
        {
            _bits[k] = scan.ApproximationLow;
        }
    }

    /// <summary>
    /// The best estimate for an AC coefficient without its left out bits: the middle of their range, or 0 if no other bit is set. A DC coefficient
    /// without them: <see cref="DcMiddle"/> is half-way between integers.
    /// </summary>
    /// <param name="k">Its number in zig-zag order.</param>
    /// <param name="value">The coefficient, with or without these bits: a scan that refines them may be decoded for another window.</param>
    public int Estimate(int k, int value)
    {
        // The point transform of DC coefficients shifts; that of AC coefficients divides and rounds toward zero (T.81 G.1.2.1).
        int bits = LeftOut(k);
        if (k == 0)
        {
            return (value >> bits) << bits;
        }

        int high = (Math.Abs(value) >> bits) << bits;
        return high == 0 ? 0 : Math.Sign(value) * (high + Middle(bits));
    }

    /// <summary>The same for a vector of blocks.</summary>
    public Vector<int> Estimate(int k, Vector<int> values)
    {
        int bits = LeftOut(k);
        if (bits == 0)
        {
            return values;
        }

        if (k == 0)
        {
            return (values >> bits) << bits;
        }

        Vector<int> high = (Vector.Abs(values) >> bits) << bits;
        Vector<int> estimate = Vector.ConditionalSelect(Vector.Equals(high, Vector<int>.Zero), high, high + new Vector<int>(Middle(bits)));
        return Vector.ConditionalSelect(Vector.LessThan(values, Vector<int>.Zero), -estimate, estimate);
    }

    private static int Middle(int bits) => 1 << bits >> 1;

    /// <summary>How many of a coefficient's lowest bits do not count. Those that a truncated file lacks are 0, as in libjpeg.</summary>
    private int LeftOut(int k) => (k == 0 && !IsFineDc) || Kept == Whole || _bits[k] == Missing ? 0 : _bits[k];
}
