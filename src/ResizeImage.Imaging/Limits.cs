using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging;

/// <summary>Checks <see cref="ImageLimits"/> against the header, before anything is allocated.</summary>
internal static class Limits
{
    public static void CheckFile(long bytes, ImageLimits limits)
    {
        if (bytes > limits.MaxFileBytes)
        {
            throw ImageLimitException.OfFile(bytes, hasMore: false, limits);
        }
    }

    public static void CheckPixels(ImageInfo info, ImageLimits limits)
    {
        long pixels = (long)info.Width * info.Height;
        if (pixels > limits.MaxPixels)
        {
            throw new ImageLimitException($"{Found()} the limit is {limits.MaxPixels:N0}.", nameof(ImageLimits.MaxPixels));
        }

        // Up to here, no estimate of memory or work overflows.
        if (pixels > ImageLimits.Highest.MaxPixels)
        {
            throw new ImageLimitException($"{Found()} at most {ImageLimits.Highest.MaxPixels:N0} can be held. Upload a smaller image.");
        }

        string Found() => $"The image has {info.Width} × {info.Height} = {pixels:N0} pixels;";
    }

    /// <summary>Of thumbnails that share a decoding.</summary>
    public static void CheckMemory(ImageDecoder decoder, ThumbnailPlan[] plans, ColorTransform color, ImageLimits limits)
    {
        const int WidestPixel = 8;
        long bytes = decoder.EstimateSharedMemory(Array.ConvertAll(plans, plan => plan.Window)) + color.Memory;
        foreach (ThumbnailPlan plan in plans)
        {
            bytes += Resampler.EstimateMemory(plan) + ((long)plan.Window.Width * WidestPixel);
        }

        if (bytes > limits.MaxDecodedBytes)
        {
            throw OverMemory(decoder.Info, bytes, limits);
        }
    }

    /// <summary>
    /// Counts the work known in advance of thumbnails that share a decoding. A large thumbnail may take 100 units more for each of its pixels, as
    /// its encoding does.
    /// </summary>
    public static void CheckWork(ImageDecoder decoder, ThumbnailPlan[] plans, ColorTransform color, WorkMeter work)
    {
        long units = decoder.EstimateSharedWork(Array.ConvertAll(plans, plan => plan.Window));
        foreach (ThumbnailPlan plan in plans)
        {
            units += Resampler.EstimateWork(plan, color) - (100L * plan.Columns.Outputs * plan.Rows.Outputs);
        }

        work.Spend(Math.Max(0, units));
    }

    private static ImageLimitException OverMemory(ImageInfo info, long bytes, ImageLimits limits) =>
        new(
            $"Decoding the image ({info.Width} × {info.Height}) would take {bytes:N0} bytes of memory; the limit is {limits.MaxDecodedBytes:N0}.",
            nameof(ImageLimits.MaxDecodedBytes));
}
