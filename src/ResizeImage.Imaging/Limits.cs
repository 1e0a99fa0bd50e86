using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging;

/// <summary>Checks <see cref="ImageLimits"/> on what the header says, before anything is allocated.</summary>
internal static class Limits
{
    public static void CheckFile(long bytes, ImageLimits limits)
    {
        if (bytes > limits.MaxFileBytes)
        {
            throw new ImageLimitException(
                $"The file has {bytes:N0} bytes; the limit (MaxFileBytes) is {limits.MaxFileBytes:N0}.",
                nameof(ImageLimits.MaxFileBytes));
        }
    }

    public static void CheckPixels(ImageInfo info, ImageLimits limits)
    {
        long pixels = (long)info.Width * info.Height;
        if (pixels > limits.MaxPixels)
        {
            throw new ImageLimitException(
                $"The picture has {info.Width} × {info.Height} = {pixels:N0} pixels; the limit (MaxPixels) is {limits.MaxPixels:N0}.",
                nameof(ImageLimits.MaxPixels));
        }
    }

    /// <summary>The geometry itself takes memory in proportion to the sides; a picture of one row could be made of nothing else.</summary>
    public static void CheckSides(ImageInfo info, ImageLimits limits)
    {
        const int BytesPerSample = 2 * (int)Lanczos3.Support * sizeof(float);
        long bytes = BytesPerSample * ((long)info.Width + info.Height);
        if (bytes > limits.MaxDecodedBytes)
        {
            throw OverMemory(info, bytes, limits);
        }
    }

    public static void CheckMemory(ImageDecoder decoder, ThumbnailPlan plan, ColorTransform color, ImageLimits limits)
    {
        const int WidestPixel = 8;
        long bytes = decoder.EstimateMemory(plan.Window) + Resampler.EstimateMemory(plan, WidestPixel) + color.Memory;
        if (bytes > limits.MaxDecodedBytes)
        {
            throw OverMemory(decoder.Info, bytes, limits);
        }
    }

    public static void CheckWork(ImageDecoder decoder, ImageLimits limits)
    {
        if (decoder.Work > limits.MaxWork)
        {
            throw new ImageLimitException(
                $"Decoding the picture ({decoder.Info.Width} × {decoder.Info.Height}) would go over {decoder.Work:N0} pixels, each as often as the file makes it necessary; the limit (MaxWork) is {limits.MaxWork:N0}.",
                nameof(ImageLimits.MaxWork));
        }
    }

    private static ImageLimitException OverMemory(ImageInfo info, long bytes, ImageLimits limits) =>
        new(
            $"Decoding the picture ({info.Width} × {info.Height}) would take {bytes:N0} bytes of memory; the limit (MaxDecodedBytes) is {limits.MaxDecodedBytes:N0}.",
            nameof(ImageLimits.MaxDecodedBytes));
}
