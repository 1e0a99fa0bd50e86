using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Reads pictures with our decoders.</summary>
internal static class Decoding
{
    /// <summary>The whole picture at a scale.</summary>
    public static (int Width, int Height, PixelLayout Layout, byte[] Samples, string? Note) All(byte[] file, int eighths = 8)
    {
        ImageInfo info = InputFormat.Open(file).Info;
        return Part(file, new DecodeWindow(eighths, 0, 0, DecodeWindow.Reduce(info.Width, eighths), DecodeWindow.Reduce(info.Height, eighths)));
    }

    /// <summary>A part of the picture.</summary>
    public static (int Width, int Height, PixelLayout Layout, byte[] Samples, string? Note) Part(byte[] file, DecodeWindow window)
    {
        ImageDecoder decoder = InputFormat.Open(file);
        using RowReader rows = decoder.Open(window);
        int stride = window.Width * rows.Layout.BytesPerPixel();
        byte[] samples = new byte[stride * window.Height];
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(samples.AsSpan(y * stride, stride));
        }

        if (rows.Layout.IsPlanar())
        {
            samples = ToRgba(samples, window.Width, rows.Layout.HasAlpha(), decoder.YCbCr == YCbCrMatrix.Jfif ? LibjpegColor.ToRgb : LibwebpColor.ToRgb);
        }

        if (rows.Layout is PixelLayout.Rgbx8 or PixelLayout.YCbCr8)
        {
            // Without the byte that has no meaning.
            samples = [.. samples.Where((_, i) => i % 4 != 3)];
            return (window.Width, window.Height, PixelLayout.Rgb8, samples, rows.Note);
        }

        PixelLayout layout = rows.Layout == PixelLayout.YCbCrA8 ? PixelLayout.Rgba8 : rows.Layout;
        return (window.Width, window.Height, layout, samples, rows.Note);
    }

    /// <summary>Each row of planes to pixels, rounded as the judge's library does.</summary>
    private static byte[] ToRgba(byte[] samples, int width, bool hasAlpha, Func<byte, byte, byte, (byte R, byte G, byte B)> toRgb)
    {
        int planes = hasAlpha ? 4 : 3;
        byte[] pixels = new byte[samples.Length / planes * 4];
        for (int i = 0; i < pixels.Length / 4; i++)
        {
            int at = (i / width * planes * width) + (i % width);
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2]) = toRgb(samples[at], samples[at + width], samples[at + (2 * width)]);
            pixels[(4 * i) + 3] = hasAlpha ? samples[at + (3 * width)] : byte.MaxValue;
        }

        return pixels;
    }
}
