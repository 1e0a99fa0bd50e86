using System.Buffers;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Placeholders;
using ResizeImage.Imaging.Resampling;

namespace ResizeImage.Imaging;

/// <summary>
/// From an image whose header has been read to the finished thumbnails; the same for every decoder. Thumbnails that can share a decoding do, and
/// each is the same as if it were the only one.
/// </summary>
internal static class ThumbnailPipeline
{
    /// <param name="open">Reads the header; called again for thumbnails that cannot share a decoding.</param>
    /// <param name="outputs">Size, fit, format and limits of each thumbnail.</param>
    /// <param name="work">The meter that the decoder uses.</param>
    /// <returns>A thumbnail for each of <paramref name="outputs"/>.</returns>
    /// <exception cref="InvalidImageException">The image is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The decoder does not read this kind of image.</exception>
    /// <exception cref="ImageLimitException">The image exceeds one of <see cref="ThumbnailOptions.Limits"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="work"/> was canceled.</exception>
    public static Thumbnail[] Run(Func<ImageDecoder> open, IReadOnlyList<ThumbnailOptions> outputs, WorkMeter work)
    {
        ImageDecoder decoder = open();
        ThumbnailOptions[] resolved = Resolve(decoder, outputs);
        Thumbnail[] made = Run(decoder, open, resolved, work);

        // Few files have metadata behind the pixels, and fewer still such that change the thumbnail.
        ImageDecoder whole = decoder.WithLateMetadata();
        ThumbnailOptions[] resolvedAgain = whole == decoder ? resolved : Resolve(whole, outputs);
        return whole.Info == decoder.Info && resolvedAgain.SequenceEqual(resolved) ? made : Run(whole, open, resolvedAgain, work);
    }

    /// <summary>The same from one image only, without its embedded thumbnail.</summary>
    public static Thumbnail[] Make(Func<ImageDecoder> open, IReadOnlyList<ThumbnailOptions> outputs, WorkMeter work)
    {
        ImageDecoder decoder = open();
        Limits.CheckPixels(decoder.Info, outputs[0].Limits);
        List<Output> left = Geometries(decoder, outputs);
        var made = new Thumbnail[outputs.Count];
        while (true)
        {
            Output first = left[0];
            Output[] group = [.. left.Where(output => decoder.CanShare(first.Plan.Window, output.Plan.Window))];
            MakeShared(decoder, group, work, made);
            left.RemoveAll(group.Contains);
            if (left.Count == 0)
            {
                return made;
            }

            decoder = open();
        }
    }

    private static ThumbnailOptions[] Resolve(ImageDecoder decoder, IReadOnlyList<ThumbnailOptions> outputs) =>
        [.. outputs.Select(options => AutoFocus.Resolve(decoder, options))];

    private static Thumbnail[] Run(ImageDecoder decoder, Func<ImageDecoder> open, ThumbnailOptions[] outputs, WorkMeter work)
    {
        Thumbnail?[] made = Array.ConvertAll(outputs, options => EmbeddedThumbnail.TryMakeInstead(decoder, options, work));
        int[] rest = [.. Enumerable.Range(0, made.Length).Where(i => made[i] is null)];
        if (rest.Length > 0)
        {
            Thumbnail[] others = EmbeddedThumbnail.MakeIfFails(Once(decoder, open), Array.ConvertAll(rest, i => outputs[i]), work);
            for (int i = 0; i < rest.Length; i++)
            {
                made[rest[i]] = others[i];
            }
        }

        return made!;
    }

    /// <summary>Thumbnails of the same geometry, such as two formats of one size, are resampled once.</summary>
    private static List<Output> Geometries(ImageDecoder decoder, IReadOnlyList<ThumbnailOptions> outputs) =>
    [
        .. Enumerable.Range(0, outputs.Count)
            .GroupBy(i => (outputs[i].Width, outputs[i].Height, outputs[i].Percent, outputs[i].Fit, outputs[i].Focus))
            .Select(same => new Output([.. same], outputs, ThumbnailPlan.Create(decoder.Info, decoder.Scales, outputs[same.First()]))),
    ];

    /// <summary>A decoder that is there already, then others.</summary>
    public static Func<ImageDecoder> Once(ImageDecoder first, Func<ImageDecoder> others)
    {
        ImageDecoder? next = first;
        return () =>
        {
            ImageDecoder decoder = next ?? others();
            next = null;
            return decoder;
        };
    }

    /// <summary>Makes thumbnails from one decoding.</summary>
    private static void MakeShared(ImageDecoder decoder, Output[] outputs, WorkMeter work, Thumbnail[] made)
    {
        ColorTransform color = decoder.ReadColorEncoding().ToTransform(decoder.ColorModel).WithYCbCr(decoder.YCbCr);
        ThumbnailPlan[] plans = Array.ConvertAll(outputs, output => output.Plan);
        DecodeWindow[] windows = Array.ConvertAll(plans, plan => plan.Window);
        ImageLimits limits = outputs[0].All[0].Limits;
        Limits.CheckMemory(decoder, plans, color, limits);
        Limits.CheckWork(decoder, plans, color, work);
        while (!decoder.TryPrepare(windows))
        {
            Limits.CheckMemory(decoder, plans, color, limits);
        }

        RowReader[] rows = decoder.OpenShared(windows);
        Resampler[] resamplers = [];
        try
        {
            resamplers = [.. outputs.Select((output, i) => new Resampler(output.Plan, rows[i].Layout, color, work))];
            Feed(resamplers, rows, plans);
            for (int i = 0; i < outputs.Length; i++)
            {
                Bitmap upright = Canvas.Upright(resamplers[i].Finish(), decoder.Info.Orientation);
                foreach (int index in outputs[i].Indices)
                {
                    made[index] = Encode(upright, outputs[i].All[index], plans[i], decoder.Info, Join(color.Note, rows[i].Note), work);
                }
            }
        }
        finally
        {
            Array.ForEach(resamplers, resampler => resampler.Dispose());
            Array.ForEach(rows, reader => reader.Dispose());
        }
    }

    private static Thumbnail Encode(Bitmap bitmap, ThumbnailOptions options, ThumbnailPlan plan, ImageInfo source, string? note, WorkMeter work)
    {
        bitmap = Canvas.Pad(bitmap, plan.CanvasWidth, plan.CanvasHeight, options.Background);
        OutputFormat format = options.Format ?? OutputFormat.Auto(Canvas.IsTransparent(bitmap));
        byte[] data = format.Encode(bitmap, options, work);
        Thumbnail made = new(data, format, bitmap.Width, bitmap.Height, source, plan.Window.Eighths, note);
        return options.MakesPlaceholders ? WithPlaceholders(made, format.HasAlpha ? bitmap : Canvas.Flatten(bitmap, options.Background)) : made;
    }

    private static Thumbnail WithPlaceholders(Thumbnail thumbnail, Bitmap bitmap) =>
        thumbnail with { ThumbHash = ThumbHash.Of(bitmap), DominantColor = DominantColor.Of(bitmap) };

    /// <summary>Reads all rows, always the next one that ends first in the source.</summary>
    private static void Feed(Resampler[] resamplers, RowReader[] rows, ThumbnailPlan[] plans)
    {
        int longest = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            longest = Math.Max(longest, ArrayLength.Of((long)plans[i].Window.Width * rows[i].Layout.BytesPerPixel(), "bytes of a row"));
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(longest);
        int[] read = new int[rows.Length];
        for (int i = First(plans, read); i >= 0; i = First(plans, read))
        {
            Span<byte> row = rented.AsSpan(0, plans[i].Window.Width * rows[i].Layout.BytesPerPixel());
            rows[i].ReadRow(row);
            resamplers[i].Add(row);
            read[i]++;
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The reader whose next row ends first in the source; -1 if all rows are read.</summary>
    private static int First(ThumbnailPlan[] plans, int[] read)
    {
        int first = -1;
        for (int i = 0; i < plans.Length; i++)
        {
            DecodeWindow window = plans[i].Window;
            if (read[i] < window.Height && (first < 0 || window.SourceEnd(read[i]) < plans[first].Window.SourceEnd(read[first])))
            {
                first = i;
            }
        }

        return first;
    }

    private static string? Join(string? first, string? second) => first is null || second is null ? first ?? second : $"{first} {second}";

    /// <param name="Indices">The thumbnails of this geometry, by their numbers in <paramref name="All"/>.</param>
    /// <param name="All">Size, fit, format and limits of all thumbnails of the photo.</param>
    /// <param name="Plan">The geometry.</param>
    private sealed record Output(int[] Indices, IReadOnlyList<ThumbnailOptions> All, ThumbnailPlan Plan);
}
