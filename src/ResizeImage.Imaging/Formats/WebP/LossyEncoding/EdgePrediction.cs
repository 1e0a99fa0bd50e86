using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The DCT of the predictions of a plane of a macroblock (RFC 6386, 12.2), straight from the DCT of the samples around it. The vertical mode has
/// only coefficients of the first row, the horizontal mode of the first column, DC the first one; TrueMotion is a sum of these, if nothing
/// has to be clamped.
/// </summary>
internal sealed class EdgePrediction
{
    private const int DcOfSample = 8;
    private const int MaxBlocks = 4;
    private const byte NothingKnown = 128;

    private readonly Vector256<float>[] _above = new Vector256<float>[MaxBlocks];
    private readonly CoefficientBlock[] _left = new CoefficientBlock[MaxBlocks];
    private CoefficientBlock _dc;
    private Vector256<float> _corner;

    /// <summary>Prepares for a plane.</summary>
    /// <param name="above">The corner, and the samples above.</param>
    /// <param name="left">The samples to the left.</param>
    /// <param name="hasAbove">The macroblock is not in the first row of the image.</param>
    /// <param name="hasLeft">The macroblock is not in the first column.</param>
    public void Set(ReadOnlySpan<byte> above, ReadOnlySpan<byte> left, bool hasAbove, bool hasLeft)
    {
        int sum = 0;
        int count = 0;
        for (int i = 0; i < left.Length; i += 4)
        {
            ReadOnlySpan<byte> four = above.Slice(1 + i, 4);
            _above[i / 4] = CoefficientBlock.TransformRow(Vector128.Create(four[0], four[1], (float)four[2], four[3])).ToVector256();
            sum += hasAbove ? four[0] + four[1] + four[2] + four[3] : 0;
            four = left.Slice(i, 4);
            Vector128<float> column = CoefficientBlock.TransformRow(Vector128.Create(four[0], four[1], (float)four[2], four[3]));
            sum += hasLeft ? four[0] + four[1] + four[2] + four[3] : 0;
            _left[i / 4] = new(
                Vector256.Create(column.GetElement(0), 0, 0, 0, column.GetElement(1), 0, 0, 0),
                Vector256.Create(column.GetElement(2), 0, 0, 0, column.GetElement(3), 0, 0, 0));
            count += (hasAbove ? 4 : 0) + (hasLeft ? 4 : 0);
        }

        int mean = count == 0 ? NothingKnown : (sum + (count / 2)) / count;
        _dc = new(Vector256.CreateScalar((float)(DcOfSample * mean)), Vector256<float>.Zero);
        _corner = Vector256.CreateScalar((float)(DcOfSample * above[0]));
    }

    /// <summary>The DCT of the prediction of a block.</summary>
    /// <param name="mode">One of the four for macroblocks.</param>
    /// <param name="x">Column of the block in the macroblock.</param>
    /// <param name="y">Row of the block in the macroblock.</param>
    public CoefficientBlock Of(PredictionMode mode, int x, int y) => mode switch
    {
        PredictionMode.Dc => _dc,
        PredictionMode.Vertical => new(_above[x], Vector256<float>.Zero),
        PredictionMode.Horizontal => _left[y],
        _ => new(_left[y].Upper + _above[x] - _corner, _left[y].Lower),
    };
}
