namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The predictor transform: pixels are differences to a prediction from their neighbors, by a predictor per block (RFC 9649, 3.5.1).</summary>
internal sealed class PredictorTransform : LosslessTransform
{
    private readonly BlockImage _modes;

    // Has one pixel more: above right of a row's last pixel is the first pixel of that same row.
    private uint[] _row;
    private uint[] _above;
    private int _y;

    /// <param name="width">Width of the image.</param>
    /// <param name="modes">The predictor of each block, 0 to 15.</param>
    public PredictorTransform(int width, BlockImage modes)
    {
        _modes = modes;
        _row = new uint[width + 1];
        _above = new uint[width + 1];
    }

    public override ReadOnlySpan<uint> Undo(ReadOnlySpan<uint> row)
    {
        (_row, _above) = (_above, _row);
        Span<uint> output = _row.AsSpan(0, row.Length);
        if (_y == 0)
        {
            output[0] = Argb.Add(row[0], Argb.OpaqueBlack);
            PixelPredictors.Undo(1, row, _above, output, 1, row.Length);
        }
        else
        {
            output[0] = Argb.Add(row[0], _above[0]);
            _above[^1] = output[0];
            ReadOnlySpan<uint> modes = _modes.Values.AsSpan((_y >> _modes.Bits) * _modes.Across, _modes.Across);
            int size = 1 << _modes.Bits;
            for (int block = 0, x = 0; block < modes.Length; block++, x += size)
            {
                PixelPredictors.Undo(modes[block], row, _above, output, Math.Max(x, 1), Math.Min(x + size, row.Length));
            }
        }

        _y++;
        return output;
    }
}
