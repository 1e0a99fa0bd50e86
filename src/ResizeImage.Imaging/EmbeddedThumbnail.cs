using System.Runtime.ExceptionServices;
using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging;

/// <summary>
/// Thumbnails from the thumbnail that a camera has put into the file: where the main image exceeds a limit or cannot be read, and for the smallest
/// outputs. Elsewhere it is too soft: against the whole image, a thumbnail of 200 pixels from one of 320 × 240 has a SSIMULACRA2 of 27 to 65, one of
/// 96 pixels 53 to 82; decoding the whole image takes fifty times as long.
/// </summary>
internal static class EmbeddedThumbnail
{
    /// <summary>The largest width and height of an output that is made from an embedded thumbnail without need.</summary>
    private const int SmallestOutput = 96;

    /// <summary>The most difference of the aspect ratio: some cameras add bars to the thumbnail.</summary>
    private const double AspectTolerance = 0.02;

    /// <summary>A thumbnail from the embedded one if that is enough; null if not.</summary>
    /// <exception cref="ImageLimitException">The work exceeds its limit.</exception>
    public static Thumbnail? TryMakeInstead(ImageDecoder decoder, ThumbnailOptions options, WorkMeter work)
    {
        if (options.Width > SmallestOutput || options.Height > SmallestOutput || decoder.Fallback is not { } embedded || !IsEnough(embedded.Info, decoder.Info, options))
        {
            return null;
        }

        try
        {
            return Make(embedded, decoder, $"The thumbnail is made from the embedded thumbnail ({Size(embedded.Info)}).", [options], work)[0];
        }
        catch (ImageException)
        {
            return null;
        }
    }

    /// <summary>Thumbnails from the main image; if that fails, from the embedded one, with a note that says why.</summary>
    /// <exception cref="ImageException">The main image's, if there is no embedded one that can be read.</exception>
    public static Thumbnail[] MakeIfFails(Func<ImageDecoder> open, IReadOnlyList<ThumbnailOptions> outputs, WorkMeter work)
    {
        ImageDecoder? decoder = null;
        try
        {
            return ThumbnailPipeline.Make(() => decoder = open(), outputs, work);
        }
        catch (ImageException failure)
        {
            if (decoder?.Fallback is { } embedded)
            {
                try
                {
                    string why = $"{failure.Message} The thumbnail is made from the embedded thumbnail ({Size(embedded.Info)}).";
                    return Make(embedded, decoder, why, outputs, work);
                }
                catch (ImageException)
                {
                    ExceptionDispatchInfo.Throw(failure);
                }
            }

            throw;
        }
    }

    private static Thumbnail[] Make(ImageDecoder embedded, ImageDecoder main, string note, IReadOnlyList<ThumbnailOptions> outputs, WorkMeter work)
    {
        Thumbnail[] made = ThumbnailPipeline.Make(ThumbnailPipeline.Once(embedded, () => main.Fallback!), outputs, work);
        return Array.ConvertAll(made, one => one with { Source = main.Info, Note = one.Note is null ? note : $"{note} {one.Note}" });
    }

    private static bool IsEnough(ImageInfo embedded, ImageInfo main, ThumbnailOptions options)
    {
        double aspect = (double)embedded.UprightWidth * main.UprightHeight / ((double)embedded.UprightHeight * main.UprightWidth);
        return embedded.UprightWidth >= options.Width && embedded.UprightHeight >= options.Height && Math.Abs(aspect - 1) <= AspectTolerance;
    }

    private static string Size(ImageInfo info) => $"{info.UprightWidth} × {info.UprightHeight} pixels";
}
