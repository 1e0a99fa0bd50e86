using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>Reads files of <see cref="PaintCodec"/>.</summary>
internal static class HeifRead
{
    public static ImageDecoder Open(HeifFile file) => Open(file.ToArray());

    public static ImageDecoder Open(byte[] file) => HeifDecoder.Read(file, PaintCodec.Codecs);

    /// <summary>All rows of a window; null for the whole image.</summary>
    public static (PixelLayout Layout, byte[] Rows, string? Note) Rows(ImageDecoder decoder, DecodeWindow? part = null)
    {
        DecodeWindow window = part ?? new(8, 0, 0, decoder.Info.Width, decoder.Info.Height) { WillBeDownscaled = true };
        using RowReader rows = decoder.Open(window);
        int stride = window.Width * rows.Layout.BytesPerPixel();
        byte[] samples = new byte[stride * window.Height];
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(samples.AsSpan(y * stride, stride));
        }

        return (rows.Layout, samples, rows.Note);
    }

    /// <summary>The first plane of each pixel of a planar or gray picture at scale 1.</summary>
    public static byte[] Luma(HeifFile file)
    {
        ImageDecoder decoder = Open(file);
        (PixelLayout layout, byte[] rows, _) = Rows(decoder);
        int stride = decoder.Info.Width * layout.BytesPerPixel();
        return [.. rows.Where((_, i) => i % stride < decoder.Info.Width)];
    }

    public static string Invalid(HeifFile file) => RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => Rows(Open(file)))).Message;

    public static string Unsupported(HeifFile file) => RefusalAdvice.AssertAdvises(Assert.Throws<UnsupportedImageException>(() => Rows(Open(file)))).Message;

    /// <summary>A thumbnail by the pipeline.</summary>
    public static Thumbnail Make(HeifFile file, ThumbnailOptions options)
    {
        WorkMeter work = new(options.Limits.MaxWork);
        return ThumbnailPipeline.Run(() => HeifDecoder.Read(new ByteSource(file.ToArray(), work), PaintCodec.Codecs), [options], work)[0];
    }
}
