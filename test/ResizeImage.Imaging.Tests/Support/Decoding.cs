using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Reads pictures with our decoders.</summary>
internal static class Decoding
{
    /// <summary>The whole picture at 1/<paramref name="scale"/>.</summary>
    public static (int Width, int Height, PixelLayout Layout, byte[] Samples, string? Note) All(byte[] file, int scale = 1)
    {
        ImageInfo info = FormatDetector.Open(file).Info;
        return Part(file, new DecodeWindow(scale, 0, 0, (info.Width + scale - 1) / scale, (info.Height + scale - 1) / scale));
    }

    /// <summary>A part of the picture.</summary>
    public static (int Width, int Height, PixelLayout Layout, byte[] Samples, string? Note) Part(byte[] file, DecodeWindow window)
    {
        using RowReader rows = FormatDetector.Open(file).Open(window);
        int stride = window.Width * rows.Layout.BytesPerPixel();
        byte[] samples = new byte[stride * window.Height];
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(samples.AsSpan(y * stride, stride));
        }

        if (rows.Layout == PixelLayout.YCbCr8)
        {
            samples = ToRgbx(samples, window.Width);
        }

        if (rows.Layout is PixelLayout.Rgbx8 or PixelLayout.YCbCr8)
        {
            // Without the byte that has no meaning.
            samples = [.. samples.Where((_, i) => i % 4 != 3)];
            return (window.Width, window.Height, PixelLayout.Rgb8, samples, rows.Note);
        }

        return (window.Width, window.Height, rows.Layout, samples, rows.Note);
    }

    /// <summary>Each row of planes to pixels, rounded as libjpeg does.</summary>
    private static byte[] ToRgbx(byte[] samples, int width)
    {
        byte[] pixels = new byte[samples.Length / 3 * 4];
        for (int at = 0, to = 0; at < samples.Length; at += 3 * width, to += 4 * width)
        {
            JpegColorConverter.YCbCrToRgb(
                samples.AsSpan(at, width), samples.AsSpan(at + width, width), samples.AsSpan(at + (2 * width), width), pixels.AsSpan(to, 4 * width));
        }

        return pixels;
    }
}
