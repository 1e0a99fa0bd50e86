using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Y that gives each pixel its luminance together with the chroma that a decoder interpolates, not with the chroma that the pixel had. Halved
/// chroma smears colored edges; the luminance then stays sharp.
/// <para>
/// A decoder makes R = y + r, G = y + g, B = y + b, where y is luma and r, g, b depend only on U and V. Let light be the square of a sample,
/// and the weights those of BT.601. The weighted sum of r, g and b is 0, so the luminance is y² plus the weighted sum S of their squares.
/// Given the luminance L of the source, y = √(L − S). Where a decoder clamps R, G or B, one step of correction follows.
/// </para>
/// <para>
/// Decoders interpolate chroma from the four nearest samples, weighted 9, 3, 3 and 1, as libwebp does. Even and odd columns are apart here,
/// because their neighbors differ:
/// <code>
/// chroma        c0      c1      c2
/// columns     0   1   2   3   4   5      2: 3 c1 + c0     3: 3 c1 + c2
/// </code>
/// </para>
/// </summary>
internal sealed class CompensatedLuma
{
    // The weights of BT.601 in 16384ths.
    private const int RedWeight = 4899;
    private const int GreenWeight = 9617;
    private const int BlueWeight = 1868;
    private const float Scale = 1f / 16384;

    private readonly SourcePlanes _planes;
    private readonly Bitmap _bitmap;

    // The luminances of a row.
    private readonly float[] _even;
    private readonly float[] _odd;

    // A row of chroma between two rows, times 4, with the outermost samples repeated on both sides.
    private readonly float[] _u;
    private readonly float[] _v;

    private CompensatedLuma(SourcePlanes planes, Bitmap bitmap)
    {
        _planes = planes;
        _bitmap = bitmap;
        _even = new float[planes.ChromaStride];
        _odd = new float[planes.ChromaStride];
        _u = new float[planes.ChromaStride + 2];
        _v = new float[planes.ChromaStride + 2];
    }

    /// <summary>Fills the columns and rows of Y that have pixels.</summary>
    /// <param name="planes">U and V must be complete; Y is written, and its columns beyond the image become arbitrary.</param>
    /// <param name="bitmap">3 or 4 channels.</param>
    public static void Fill(SourcePlanes planes, Bitmap bitmap)
    {
        CompensatedLuma luma = new(planes, bitmap);
        int last = ((bitmap.Height + 1) / 2) - 1;
        for (int y = 0; y < bitmap.Height; y++)
        {
            int near = y / 2;
            int far = Math.Clamp((y & 1) == 0 ? near - 1 : near + 1, 0, last);
            luma.LoadLuminances(y);
            luma.MixRows(planes.U, near, far, luma._u);
            luma.MixRows(planes.V, near, far, luma._v);
            luma.Solve(planes.Y.AsSpan(y * planes.YStride, planes.YStride));
        }
    }

    private void LoadLuminances(int y)
    {
        int channels = _bitmap.Channels;
        ReadOnlySpan<byte> pixels = _bitmap.Samples.AsSpan(y * _bitmap.Width * channels, _bitmap.Width * channels);
        Span<float> even = _even;
        Span<float> odd = _odd;
        int pairs = _bitmap.Width / 2;
        for (int x = 0; x < pairs; x++)
        {
            even[x] = Luminance(pixels);
            odd[x] = Luminance(pixels[channels..]);
            pixels = pixels[(2 * channels)..];
        }

        if (!pixels.IsEmpty)
        {
            even[pairs] = Luminance(pixels);
        }
    }

    /// <summary>Luminance times 16384.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Luminance(ReadOnlySpan<byte> pixel) =>
        (RedWeight * pixel[0] * pixel[0]) + (GreenWeight * pixel[1] * pixel[1]) + (BlueWeight * pixel[2] * pixel[2]);

    private void MixRows(byte[] plane, int near, int far, Span<float> mixed)
    {
        int stride = _planes.ChromaStride;
        ReadOnlySpan<byte> nearRow = plane.AsSpan(near * stride, stride);
        ReadOnlySpan<byte> farRow = plane.AsSpan(far * stride, stride);
        for (int x = 0; x < nearRow.Length; x++)
        {
            mixed[1 + x] = (3 * nearRow[x]) + farRow[x];
        }

        mixed[0] = mixed[1];
        mixed[^1] = mixed[^2];
    }

    /// <summary>Makes a row of Y.</summary>
    private void Solve(Span<byte> row)
    {
        for (int x = 0; x < _even.Length; x += Vector256<float>.Count)
        {
            Vector256<float> u = FloatVectors.Load(_u, x + 1) * 3f;
            Vector256<float> v = FloatVectors.Load(_v, x + 1) * 3f;
            Vector256<int> even = Solve(
                FloatVectors.Load(_even, x), u + FloatVectors.Load(_u, x), v + FloatVectors.Load(_v, x));
            Vector256<int> odd = Solve(
                FloatVectors.Load(_odd, x), u + FloatVectors.Load(_u, x + 2), v + FloatVectors.Load(_v, x + 2));
            Vector256<int> pairs = even | (odd << 8);
            Vector128.Narrow(pairs.GetLower().AsUInt32(), pairs.GetUpper().AsUInt32()).AsByte().CopyTo(row[(2 * x)..]);
        }
    }

    /// <summary>Solves for Y.</summary>
    /// <param name="luminances">Times 16384.</param>
    /// <param name="u">Times 16.</param>
    /// <param name="v">Times 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Solve(Vector256<float> luminances, Vector256<float> u, Vector256<float> v)
    {
        // The coefficients of the decoder for U and V, by 16.
        Vector256<float> center = Vector256.Create(16f * 128);
        u -= center;
        v -= center;
        Vector256<float> r = v * (1.5960268f / 16);
        Vector256<float> g = (u * (-0.39176229f / 16)) - (v * (0.81296765f / 16));
        Vector256<float> b = u * (2.0172321f / 16);
        Vector256<float> target = luminances * Scale;
        Vector256<float> square = Vector256.Max(target - Weigh(r, g, b), Vector256<float>.Zero);
        Vector256<float> y = Vector256.Sqrt(square);
        Vector256<float> missing = target - Weigh(Clamp(y + r), Clamp(y + g), Clamp(y + b));
        y = Clamp(Vector256.Sqrt(Vector256.Max(square + missing, Vector256<float>.Zero)));
        return Vector256.ConvertToInt32((y * (219f / 255)) + Vector256.Create(16.5f));
    }

    /// <summary>The luminance of a color.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Weigh(Vector256<float> r, Vector256<float> g, Vector256<float> b) =>
        (r * r * (RedWeight * Scale)) + (g * g * (GreenWeight * Scale)) + (b * b * (BlueWeight * Scale));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> samples) =>
        FloatVectors.Clamp(samples, Vector256<float>.Zero, Vector256.Create(255f));
}
