namespace ResizeImage.Imaging.Tests.Support;

/// <summary>YUV in limited range to RGB as libwebp computes it (src/dsp/yuv.h): products without their low 8 bits, then 6 bits of fraction.</summary>
internal static class LibwebpColor
{
    public static (byte R, byte G, byte B) ToRgb(byte y, byte u, byte v)
    {
        int luma = High(y, 19077);
        return (
            Code(luma + High(v, 26149) - 14234),
            Code(luma - High(u, 6419) - High(v, 13320) + 8708),
            Code(luma + High(u, 33050) - 17685));
    }

    private static int High(int value, int factor) => (value * factor) >> 8;

    private static byte Code(int value) => (byte)Math.Clamp(value >> 6, 0, 255);
}
