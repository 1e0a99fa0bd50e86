using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Converts pixels to planes of Y, Cb and Cr (JFIF 1.02 page 3), with 16 fractional bits. Every machine gives the same samples.</summary>
internal static class YCbCrPlanes
{
    private const int Shift = 16;
    private const int Half = 1 << (Shift - 1);

    /// <summary>128, and half minus one unit: 255.5 rounds down, so the result never exceeds 255.</summary>
    private const int Offset = (128 << Shift) + Half - 1;

    private const int PixelsAtOnce = 8;

    /// <summary>Two vectors of 16 bytes; the second begins after four pixels.</summary>
    private const int BytesAtOnce = 12 + 16;

    /// <summary>One plane of a gray bitmap, else Y, Cb and Cr.</summary>
    /// <param name="bitmap">1 or 3 channels.</param>
    /// <returns>Planes of one byte per pixel. The one of a gray bitmap is the bitmap's own array.</returns>
    public static byte[][] Of(Bitmap bitmap)
    {
        if (bitmap.Channels == 1)
        {
            return [bitmap.Samples];
        }

        int pixels = bitmap.Width * bitmap.Height;
        byte[][] planes = [GC.AllocateUninitializedArray<byte>(pixels), GC.AllocateUninitializedArray<byte>(pixels), GC.AllocateUninitializedArray<byte>(pixels)];
        Convert(bitmap.Samples, planes[0].AsSpan(0, pixels), planes[1].AsSpan(0, pixels), planes[2].AsSpan(0, pixels));
        return planes;
    }

    private static void Convert(ReadOnlySpan<byte> samples, Span<byte> luma, Span<byte> blue, Span<byte> red)
    {
        int i = 0;
        for (; i <= luma.Length - PixelsAtOnce && (3 * i) + BytesAtOnce <= samples.Length; i += PixelsAtOnce)
        {
            ReadOnlySpan<byte> pixels = samples.Slice(3 * i, BytesAtOnce);
            Vector128<byte> first = Vector128.Create(pixels);
            Vector128<byte> second = Vector128.Create(pixels[12..]);
            Vector256<int> r = Vector256.Create(Channel(first, 0), Channel(second, 0));
            Vector256<int> g = Vector256.Create(Channel(first, 1), Channel(second, 1));
            Vector256<int> b = Vector256.Create(Channel(first, 2), Channel(second, 2));
            Store(((r * 19595) + (g * 38470) + (b * 7471) + Vector256.Create(Half)) >> Shift, luma.Slice(i, PixelsAtOnce));
            Store(((b << 15) - (r * 11059) - (g * 21709) + Vector256.Create(Offset)) >> Shift, blue.Slice(i, PixelsAtOnce));
            Store(((r << 15) - (g * 27439) - (b * 5329) + Vector256.Create(Offset)) >> Shift, red.Slice(i, PixelsAtOnce));
        }

        for (; i < luma.Length; i++)
        {
            (int r, int g, int b) = (samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]);

            // The constants of each line add up to 65536 or 0.
            luma[i] = (byte)(((19595 * r) + (38470 * g) + (7471 * b) + Half) >> Shift);
            blue[i] = (byte)(((32768 * b) - (11059 * r) - (21709 * g) + Offset) >> Shift);
            red[i] = (byte)(((32768 * r) - (27439 * g) - (5329 * b) + Offset) >> Shift);
        }
    }

    /// <summary>One channel of the first four pixels; the index 255 gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Channel(Vector128<byte> pixels, byte channel) => Vector128.Shuffle(pixels, channel switch
    {
        0 => Vector128.Create((byte)0, 255, 255, 255, 3, 255, 255, 255, 6, 255, 255, 255, 9, 255, 255, 255),
        1 => Vector128.Create((byte)1, 255, 255, 255, 4, 255, 255, 255, 7, 255, 255, 255, 10, 255, 255, 255),
        _ => Vector128.Create((byte)2, 255, 255, 255, 5, 255, 255, 255, 8, 255, 255, 255, 11, 255, 255, 255),
    }).AsInt32();

    /// <summary>Stores eight values from 0 to 255.</summary>
    private static void Store(Vector256<int> values, Span<byte> target)
    {
        Vector128<short> shorts = Vector128.Narrow(values.GetLower(), values.GetUpper());
        MemoryMarshal.Write(target, Vector128.Narrow(shorts.AsUInt16(), shorts.AsUInt16()).AsUInt64().ToScalar());
    }
}
