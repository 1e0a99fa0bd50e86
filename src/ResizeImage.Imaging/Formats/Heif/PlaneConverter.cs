using System.Numerics;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>
/// Samples of planes to R, G and B of 8 or 16 bits in the full range (ITU-T H.273 8.3), for everything that has no layout of planes: more than 8
/// bits, other matrices than those of YCbCr, premultiplied alpha, gray with alpha.
/// </summary>
internal sealed class PlaneConverter
{
    private const int Identity = 0;
    private const int YCgCo = 8;

    private readonly bool _isWide;
    private readonly bool _hasChroma;
    private readonly bool _isPremultiplied;
    private readonly float _most;

    // R is _red[0] · Y + _red[1] · Cb + _red[2] · Cr + _red[3], and G and B likewise.
    private readonly float[] _red;
    private readonly float[] _green;
    private readonly float[] _blue;

    /// <param name="header">Samples of the planes.</param>
    /// <param name="color">Matrix and range.</param>
    /// <param name="layout">The output: Rgb8, Rgba8, Rgb16 or Rgba16.</param>
    /// <param name="isWide">Samples of the planes take two bytes.</param>
    /// <param name="isPremultiplied">Divide by alpha.</param>
    public PlaneConverter(PictureHeader header, HeifColor color, PixelLayout layout, bool isWide, bool isPremultiplied)
    {
        Layout = layout;
        _isWide = isWide;
        _isPremultiplied = isPremultiplied;
        _hasChroma = header.Chroma != ChromaFormat.Monochrome;
        _most = layout is PixelLayout.Rgb16 or PixelLayout.Rgba16 ? ushort.MaxValue : byte.MaxValue;
        bool isFull = color.Signal.IsFullRange;
        (double Scale, double Zero) luma = Range(header.LumaBits, isFull, 219, isFull ? 0 : 16 << (header.LumaBits - 8));
        (double Scale, double Zero) sample = Range(header.ChromaBits, isFull, 219, isFull ? 0 : 16 << (header.ChromaBits - 8));
        (double Scale, double Zero) chroma = Range(header.ChromaBits, isFull, 224, 1 << (header.ChromaBits - 1));
        switch (KindOf(header, color))
        {
            case Identity:
                _green = Row(luma, 1, sample, 0, 0);
                _blue = Row(luma, 0, sample, 1, 0);
                _red = Row(luma, 0, sample, 0, 1);
                break;
            case YCgCo:
                _green = Row(luma, 1, chroma, 1, 0);
                _blue = Row(luma, 1, chroma, -1, -1);
                _red = Row(luma, 1, chroma, -1, 1);
                break;
            default:
                // The factors are for codes of 8 bits; in the limited range, 224 of them are the whole.
                YCbCrMatrix matrix = color.Matrix;
                double unit = isFull ? 1 : 224 / 255.0;
                _red = Row(luma, 1, chroma, 0, unit * matrix.RedOfCr);
                _green = Row(luma, 1, chroma, unit * matrix.GreenOfCb, unit * matrix.GreenOfCr);
                _blue = Row(luma, 1, chroma, unit * matrix.BlueOfCb, 0);
                break;
        }
    }

    public PixelLayout Layout { get; }

    /// <summary>True if the planes are neither Y, Cb and Cr nor gray.</summary>
    public static bool IsNotYCbCr(PictureHeader header, HeifColor color) =>
        header.Chroma != ChromaFormat.Monochrome && KindOf(header, color) is Identity or YCgCo;

    /// <summary>Converts a row.</summary>
    /// <param name="luma">Samples of luma, or of G.</param>
    /// <param name="cb">As many of Cb, or of B; ignored without chroma.</param>
    /// <param name="cr">As many of Cr, or of R; ignored without chroma.</param>
    /// <param name="alpha">As many of alpha, of the size of the output's samples; ignored if the layout has none.</param>
    /// <param name="pixels">Receives as many pixels.</param>
    public void Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, ReadOnlySpan<byte> alpha, Span<byte> pixels)
    {
        int channels = Layout.HasAlpha() ? 4 : 3;
        bool isLong = Layout.BytesPerPixel() / channels == 2;
        Span<ushort> longPixels = isLong ? MemoryMarshal.Cast<byte, ushort>(pixels) : default;
        ReadOnlySpan<ushort> longAlpha = isLong ? MemoryMarshal.Cast<byte, ushort>(alpha) : default;
        int count = luma.Length / (_isWide ? 2 : 1);
        int done = _isWide && _hasChroma && Layout == PixelLayout.Rgb16
            ? ConvertWide(MemoryMarshal.Cast<byte, ushort>(luma), MemoryMarshal.Cast<byte, ushort>(cb), MemoryMarshal.Cast<byte, ushort>(cr), longPixels)
            : 0;
        for (int i = done; i < count; i++)
        {
            float y = At(luma, i);
            float u = _hasChroma ? At(cb, i) : 0;
            float v = _hasChroma ? At(cr, i) : 0;
            int a = channels == 3 ? 0 : isLong ? longAlpha[i] : alpha[i];
            int r = Code(_red, y, u, v, a);
            int g = Code(_green, y, u, v, a);
            int b = Code(_blue, y, u, v, a);
            int at = channels * i;
            if (isLong)
            {
                (longPixels[at], longPixels[at + 1], longPixels[at + 2]) = ((ushort)r, (ushort)g, (ushort)b);
            }
            else
            {
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)r, (byte)g, (byte)b);
            }

            if (channels == 4 && isLong)
            {
                longPixels[at + 3] = (ushort)a;
            }
            else if (channels == 4)
            {
                pixels[at + 3] = (byte)a;
            }
        }
    }

    /// <summary>The usual case in vectors, with the results of <see cref="Code"/>. Three samples of a pixel are interleaved one by one.</summary>
    /// <returns>Pixels that were converted, a multiple of the vector's length.</returns>
    private int ConvertWide(ReadOnlySpan<ushort> luma, ReadOnlySpan<ushort> cb, ReadOnlySpan<ushort> cr, Span<ushort> pixels)
    {
        Span<ushort> red = stackalloc ushort[Vector<ushort>.Count];
        Span<ushort> green = stackalloc ushort[Vector<ushort>.Count];
        Span<ushort> blue = stackalloc ushort[Vector<ushort>.Count];
        int i = 0;
        for (; i <= luma.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            (Vector<float> y0, Vector<float> y1) = Floats(luma[i..]);
            (Vector<float> u0, Vector<float> u1) = Floats(cb[i..]);
            (Vector<float> v0, Vector<float> v1) = Floats(cr[i..]);
            Vector.Narrow(Codes(_red, y0, u0, v0), Codes(_red, y1, u1, v1)).CopyTo(red);
            Vector.Narrow(Codes(_green, y0, u0, v0), Codes(_green, y1, u1, v1)).CopyTo(green);
            Vector.Narrow(Codes(_blue, y0, u0, v0), Codes(_blue, y1, u1, v1)).CopyTo(blue);
            Span<ushort> output = pixels.Slice(3 * i, 3 * Vector<ushort>.Count);
            for (int j = 0; j < red.Length && j < green.Length && j < blue.Length; j++)
            {
                (output[3 * j], output[(3 * j) + 1], output[(3 * j) + 2]) = (red[j], green[j], blue[j]);
            }
        }

        return i;
    }

    private static (Vector<float> First, Vector<float> Second) Floats(ReadOnlySpan<ushort> samples)
    {
        Vector.Widen(new Vector<ushort>(samples), out Vector<uint> first, out Vector<uint> second);
        return (Vector.ConvertToSingle(Vector.AsVectorInt32(first)), Vector.ConvertToSingle(Vector.AsVectorInt32(second)));
    }

    private Vector<uint> Codes(float[] factors, Vector<float> y, Vector<float> u, Vector<float> v)
    {
        Vector<float> value = (factors[0] * y) + (factors[1] * u) + (factors[2] * v) + new Vector<float>(factors[3]);
        value = Vector.Min(Vector.Max(value, Vector<float>.Zero), new Vector<float>(_most)) + new Vector<float>(0.5f);
        return Vector.AsVectorUInt32(Vector.ConvertToInt32(value));
    }

    /// <summary>Identity needs as many samples of each plane (H.273 8.3).</summary>
    private static int KindOf(PictureHeader header, HeifColor color) =>
        color.Signal.Matrix == Identity && header.Chroma != ChromaFormat.Yuv444 ? -1 : color.Signal.Matrix;

    /// <summary>The factor from codes to the part of the whole range, and the code of 0.</summary>
    private static (double Scale, double Zero) Range(int bits, bool isFull, int limited, int zero) =>
        (1.0 / (isFull ? (1 << bits) - 1 : limited << (bits - 8)), zero);

    private float[] Row((double Scale, double Zero) luma, double ofLuma, (double Scale, double Zero) chroma, double ofCb, double ofCr)
    {
        if (!_hasChroma)
        {
            (ofLuma, ofCb, ofCr) = (1, 0, 0);
        }

        double y = _most * luma.Scale * ofLuma;
        double u = _most * chroma.Scale * ofCb;
        double v = _most * chroma.Scale * ofCr;
        return [(float)y, (float)u, (float)v, (float)-((y * luma.Zero) + ((u + v) * chroma.Zero))];
    }

    private float At(ReadOnlySpan<byte> plane, int index) => _isWide ? MemoryMarshal.Cast<byte, ushort>(plane)[index] : plane[index];

    private int Code(float[] factors, float y, float u, float v, int alpha)
    {
        float value = (factors[0] * y) + (factors[1] * u) + (factors[2] * v) + factors[3];
        if (_isPremultiplied)
        {
            value = alpha == 0 ? 0 : value * _most / alpha;
        }

        return (int)(Math.Clamp(value, 0, _most) + 0.5f);
    }
}
