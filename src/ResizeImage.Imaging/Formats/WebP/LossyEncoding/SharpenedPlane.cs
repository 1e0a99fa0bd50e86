using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// A plane of chroma, sharpened against the blur of halving it and interpolating it again: the means of 2×2 interpolated samples are those of
/// the plane weighted 1, 6, 1 in both directions. A part of the difference is added.
/// </summary>
/// <param name="plane">Is written.</param>
/// <param name="stride">Bytes in a row of the plane.</param>
/// <param name="width">Columns that have pixels; those beyond become arbitrary.</param>
internal sealed class SharpenedPlane(byte[] plane, int stride, int width)
{
    // The part of the difference that is added. Small thumbnails are better with more, large ones with less. Found by SSIMULACRA2.
    private const float Amount = 0.5f;

    private const int RowsHeld = 3;

    private readonly float[][] _rows = [new float[stride], new float[stride], new float[stride]];

    // Three rows weighted 1, 6, 1, with the outermost samples repeated on both sides.
    private readonly float[] _mixed = new float[stride + 2];
    private int _count;

    /// <summary>The row that is added next.</summary>
    public Span<float> Next => _rows[_count % RowsHeld];

    /// <summary>Adds the row of <see cref="Next"/>.</summary>
    public void Add()
    {
        _count++;
        if (_count > 1)
        {
            Write(_count - 2, _count - 1);
        }
    }

    /// <summary>Ends the plane after its last row.</summary>
    public void Finish() => Write(_count - 1, _count - 1);

    private void Write(int y, int below)
    {
        ReadOnlySpan<float> current = _rows[y % RowsHeld];
        MixRows(_rows[Math.Max(y - 1, 0) % RowsHeld], current, _rows[below % RowsHeld]);
        Span<byte> row = plane.AsSpan(y * stride, stride);
        Vector256<float> half = Vector256.Create(0.5f);
        Vector256<float> highest = Vector256.Create(255f);
        for (int x = 0; x < current.Length; x += Vector256<float>.Count)
        {
            Vector256<float> sample = Vector256.Create(current[x..]);
            Vector256<float> neighbors = FloatVectors.Load(_mixed, x) + FloatVectors.Load(_mixed, x + 2);
            Vector256<float> blurred = ((FloatVectors.Load(_mixed, x + 1) * 6f) + neighbors) * (1f / 64);
            sample += (sample - blurred) * Amount;
            sample = FloatVectors.Clamp(sample, Vector256<float>.Zero, highest) + half;
            Vector256<int> whole = Vector256.ConvertToInt32(sample);
            Vector128<ushort> words = Vector128.Narrow(whole.GetLower().AsUInt32(), whole.GetUpper().AsUInt32());
            MemoryMarshal.Write(row[x..], Vector128.Narrow(words, words).AsUInt64().ToScalar());
        }
    }

    private void MixRows(ReadOnlySpan<float> above, ReadOnlySpan<float> current, ReadOnlySpan<float> below)
    {
        for (int x = 0; x < current.Length; x += Vector256<float>.Count)
        {
            Vector256<float> outer = Vector256.Create(above[x..]) + Vector256.Create(below[x..]);
            ((Vector256.Create(current[x..]) * 6f) + outer).CopyTo(_mixed, 1 + x);
        }

        _mixed[0] = _mixed[1];
        _mixed[1 + width] = _mixed[width];
    }
}
