using System.Runtime.InteropServices;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Our conversion of pixels that are not resampled.</summary>
internal static class Conversion
{
    /// <summary>R, G, B of sRGB for each pixel.</summary>
    public static byte[] ToSrgb(ColorTransform color, PixelLayout layout, byte[] row)
    {
        int channels = LinearRow.Channels(layout);
        float[] linear = new float[row.Length / layout.BytesPerPixel() * channels];
        LinearRow.Convert(row, layout, color, linear);
        if (channels == 1)
        {
            return [.. linear.SelectMany(light => Enumerable.Repeat(SrgbTransfer.ToByte(light), 3))];
        }

        color.Matrix?.Apply(linear);
        byte[] rgb = new byte[linear.Length / 4 * 3];
        SrgbTransfer.ToRgb(linear, rgb);
        return rgb;
    }

    /// <summary>The same of 8-bit samples by a profile, which must be used.</summary>
    public static byte[] ToSrgb(byte[] profile, ColorModel model, byte[] samples)
    {
        ColorTransform color = ColorEncoding.OfIccProfile(profile).ToTransform(model);
        Assert.Null(color.Note);
        return ToSrgb(color, LayoutOf(model), samples);
    }

    /// <summary>Converts some colors by a profile that may be broken.</summary>
    public static ColorTransform Try(byte[] profile, ColorModel model)
    {
        ColorTransform color = ColorEncoding.OfIccProfile(profile).ToTransform(model);
        byte[] colors = [0, 0, 0, 0, 255, 255, 255, 255, 1, 128, 254, 77];
        ToSrgb(color, LayoutOf(model), colors);
        return color;
    }

    /// <summary>The same with every sample widened to 16 bits.</summary>
    public static byte[] ToSrgbBy16Bits(byte[] profile, ColorModel model, byte[] samples)
    {
        ushort[] wide = Array.ConvertAll(samples, sample => (ushort)(sample * 257));
        PixelLayout layout = model == ColorModel.Gray ? PixelLayout.Gray16 : PixelLayout.Rgb16;
        return ToSrgb(ColorEncoding.OfIccProfile(profile).ToTransform(model), layout, MemoryMarshal.AsBytes(wide.AsSpan()).ToArray());
    }

    /// <summary>Colors to compare by: random ones, and steps along the edges and the diagonal.</summary>
    public static byte[] Colors(ColorModel model)
    {
        int channels = LayoutOf(model).BytesPerPixel();
        var random = new Random(7);
        List<byte> samples = [];
        for (int i = 0; i < 4000; i++)
        {
            samples.AddRange(Enumerable.Range(0, channels).Select(_ => (byte)random.Next(256)));
        }

        for (int code = 0; code < 256; code++)
        {
            for (int which = 1; which < 1 << channels; which++)
            {
                samples.AddRange(Enumerable.Range(0, channels).Select(c => (byte)((which >> c & 1) * code)));
            }
        }

        return [.. samples];
    }

    /// <summary>8 bits a sample.</summary>
    public static PixelLayout LayoutOf(ColorModel model) => model switch
    {
        ColorModel.Gray => PixelLayout.Gray8,
        ColorModel.Rgb => PixelLayout.Rgb8,
        _ => PixelLayout.Cmyk8,
    };
}
