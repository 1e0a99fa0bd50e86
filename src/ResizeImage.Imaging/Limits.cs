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
                $"The file has {bytes:N0} bytes; the limit (MaxFileBytes) is {limits.MaxFileBytes:N0}.");
        }
    }

    public static void CheckPixels(ImageInfo info, ImageLimits limits)
    {
        long pixels = (long)info.Width * info.Height;
        if (pixels > limits.MaxPixels)
        {
            throw new ImageLimitException(
                $"The picture has {info.Width} × {info.Height} = {pixels:N0} pixels; the limit (MaxPixels) is {limits.MaxPixels:N0}.");
        }
    }

    public static void CheckMemory(ImageDecoder decoder, ThumbnailPlan plan, ImageLimits limits)
    {
        const int WidestPixel = 8;
        long bytes = decoder.EstimateMemory(plan.Window) + Resampler.EstimateMemory(plan, WidestPixel);
        if (bytes > limits.MaxDecodedBytes)
        {
            throw new ImageLimitException(
                $"Decoding the picture ({decoder.Info.Width} × {decoder.Info.Height}) would take {bytes:N0} bytes of memory; the limit (MaxDecodedBytes) is {limits.MaxDecodedBytes:N0}.");
        }
    }
}
