using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Reads pictures with our decoders.</summary>
internal static class Decoding
{
    /// <summary>The whole picture at 1/<paramref name="scale"/>.</summary>
    public static (int Width, int Height, PixelLayout Layout, byte[] Samples, string? Note) All(byte[] file, int scale = 1)
    {
        ImageInfo info = FormatDetector.Open(file).Info;
        return Part(file, new DecodeWindow(scale, 0, 0, (info.Width + scale - 1) / scale, (info.Height + scale - 1) / scale) { Exact = true });
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

        return (window.Width, window.Height, rows.Layout, samples, rows.Note);
    }
}
