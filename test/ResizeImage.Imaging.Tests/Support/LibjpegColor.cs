namespace ResizeImage.Imaging.Tests.Support;

/// <summary>YCbCr to RGB as libjpeg computes it (jdcolor.c): 16 fractional bits, each product of chroma rounded.</summary>
internal static class LibjpegColor
{
    public static (byte R, byte G, byte B) ToRgb(byte y, byte cb, byte cr)
    {
        int blue = cb - 128;
        int red = cr - 128;
        return (
            Code(y + (((Fix(1.40200) * red) + 32768) >> 16)),
            Code(y + (((-Fix(0.34414) * blue) - (Fix(0.71414) * red) + 32768) >> 16)),
            Code(y + (((Fix(1.77200) * blue) + 32768) >> 16)));
    }

    private static int Fix(double factor) => (int)((factor * 65536) + 0.5);

    private static byte Code(int value) => (byte)Math.Clamp(value, 0, 255);
}
