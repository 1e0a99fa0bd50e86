using System.Buffers;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Placeholders;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging;

/// <summary>From an image whose header has been read to the finished thumbnail; the same for every decoder.</summary>
internal static class ThumbnailPipeline
{
    /// <param name="decoder">The source image.</param>
    /// <param name="options">Size, fit, format and limits.</param>
    /// <param name="work">The meter that the decoder uses.</param>
    /// <exception cref="InvalidImageException">The image is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The decoder does not read this kind of image.</exception>
    /// <exception cref="ImageLimitException">The image exceeds one of <see cref="ThumbnailOptions.Limits"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="work"/> was canceled.</exception>
    public static Thumbnail Run(ImageDecoder decoder, ThumbnailOptions options, WorkMeter work)
    {
        options = AutoFocus.Resolve(decoder, options);
        return EmbeddedThumbnail.TryMakeInstead(decoder, options, work) ?? EmbeddedThumbnail.MakeIfFails(decoder, options, work);
    }

    /// <summary>The same from one image only, without its embedded thumbnail.</summary>
    public static Thumbnail Make(ImageDecoder decoder, ThumbnailOptions options, WorkMeter work)
    {
        Limits.CheckPixels(decoder.Info, options.Limits);
        ThumbnailPlan plan = ThumbnailPlan.Create(decoder.Info, decoder.Scales, options);
        ColorTransform color = decoder.ReadColorEncoding().ToTransform(decoder.ColorModel).WithYCbCr(decoder.YCbCr);
        Limits.CheckMemory(decoder, plan, color, options.Limits);
        Limits.CheckWork(decoder, plan, color, work);

        using RowReader rows = decoder.Open(plan.Window);
        using Resampler resampler = new(plan, rows.Layout, color, work);
        Feed(resampler, rows, plan.Window);
        Bitmap bitmap = resampler.Finish();
        bitmap = Canvas.Upright(bitmap, decoder.Info.Orientation);
        bitmap = Canvas.Pad(bitmap, plan.CanvasWidth, plan.CanvasHeight, options.Background);

        OutputFormat format = options.Format ?? OutputFormat.Auto(Canvas.IsTransparent(bitmap));
        byte[] data = format.Encode(bitmap, options, work);
        Thumbnail made = new(data, format, bitmap.Width, bitmap.Height, decoder.Info, plan.Scale, Join(color.Note, rows.Note));
        return options.MakesPlaceholders ? WithPlaceholders(made, format.HasAlpha ? bitmap : Canvas.Flatten(bitmap, options.Background)) : made;
    }

    private static Thumbnail WithPlaceholders(Thumbnail thumbnail, Bitmap bitmap) =>
        thumbnail with { ThumbHash = ThumbHash.Of(bitmap), DominantColor = DominantColor.Of(bitmap) };

    private static void Feed(Resampler resampler, RowReader rows, DecodeWindow window)
    {
        int length = ArrayLength.Of((long)window.Width * rows.Layout.BytesPerPixel(), "bytes of a row");
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> row = rented.AsSpan(0, length);
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(row);
            resampler.Add(row);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    private static string? Join(string? first, string? second) => first is null || second is null ? first ?? second : $"{first} {second}";
}
