using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging;

/// <summary>The built-in engine: JPEG and PNG in managed code, in constant memory.</summary>
public sealed class Thumbnailer : IThumbnailer
{
    /// <inheritdoc/>
    public Thumbnail Make(ReadOnlyMemory<byte> file, ThumbnailOptions options)
    {
        Limits.CheckFile(file.Length, options.Limits);
        ImageDecoder decoder = FormatDetector.Open(file);
        Limits.CheckPixels(decoder.Info, options.Limits);
        Limits.CheckSides(decoder.Info, options.Limits);
        ThumbnailPlan plan = ThumbnailPlan.Create(decoder.Info, decoder.Scales, options);
        Limits.CheckMemory(decoder, plan, options.Limits);

        using RowReader rows = decoder.Open(plan.Window);
        Bitmap bitmap = Resampler.Run(rows, plan);
        bitmap = Canvas.Upright(bitmap, decoder.Info.Orientation);
        bitmap = Canvas.Pad(bitmap, plan.CanvasWidth, plan.CanvasHeight, options.Background);

        ThumbnailFormat format = options.Format != ThumbnailFormat.Auto
            ? options.Format
            : Canvas.IsTransparent(bitmap) ? ThumbnailFormat.Png : ThumbnailFormat.Jpeg;
        byte[] data = format == ThumbnailFormat.Png
            ? PngEncoder.Encode(bitmap)
            : JpegEncoder.Encode(
                Canvas.Flatten(bitmap, options.Background),
                options.Quality ?? JpegEncoder.DefaultQuality(bitmap.Width, bitmap.Height));
        return new Thumbnail(data, format, bitmap.Width, bitmap.Height, decoder.Info, plan.Scale, rows.Note);
    }

    /// <inheritdoc/>
    public ImageInfo Identify(ReadOnlyMemory<byte> file) => FormatDetector.Open(file).Info;
}
