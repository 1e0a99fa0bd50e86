using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Resampling;

/// <summary>The complete geometry of a thumbnail, decided before the first pixel is decoded.</summary>
/// <param name="BoxWidth">Columns of the decoded image that are averaged before resampling.</param>
/// <param name="BoxHeight">Rows of the decoded image that are averaged before resampling.</param>
/// <param name="Columns">From columns of boxes to columns of the resampled image, before orientation.</param>
/// <param name="Rows">From rows of boxes to rows of the resampled image, before orientation.</param>
/// <param name="CanvasWidth">Width of the thumbnail; larger than the upright resampled image if it gets bars.</param>
/// <param name="CanvasHeight">Height of the thumbnail.</param>
internal sealed record ThumbnailPlan(
    int BoxWidth, int BoxHeight, KernelMap Columns, KernelMap Rows, int CanvasWidth, int CanvasHeight)
{
    /// <summary>The smallest reduction that boxes leave to the kernel.</summary>
    private const double MinKernel = 3;

    /// <summary>From this reduction on, a decoder need not be exact in detail.</summary>
    private const double DownscaledFrom = 4.0 / 3;

    /// <summary>The window that the decoder delivers.</summary>
    public required DecodeWindow Window { get; init; }

    /// <summary>True if pixels are averaged before resampling.</summary>
    public bool HasBoxes => BoxWidth > 1 || BoxHeight > 1;

    /// <summary>Columns of boxes.</summary>
    public int Boxes => Columns.EndInput - Columns.FirstInput;

    /// <summary>Makes the plan.</summary>
    /// <param name="source">The image's header.</param>
    /// <param name="scales">The decoder's scales, from the largest on.</param>
    /// <param name="options">Size and fit.</param>
    public static ThumbnailPlan Create(ImageInfo source, ReadOnlySpan<DecoderScale> scales, ThumbnailOptions options)
    {
        double fitX = (double)options.Width / source.UprightWidth;
        double fitY = (double)options.Height / source.UprightHeight;

        // The size of the whole resampled image, and the part of the source that is used: upright.
        (int width, int height) = (options.Width, options.Height);
        (double cropWidth, double cropHeight) = ((double)source.UprightWidth, (double)source.UprightHeight);
        switch (options.Fit)
        {
            case ThumbnailFit.Cover:
                double cover = Math.Max(fitX, fitY);
                (cropWidth, cropHeight) = (Math.Min(cropWidth, width / cover), Math.Min(cropHeight, height / cover));
                break;
            case ThumbnailFit.Contain or ThumbnailFit.Inside:
                double inside = Math.Min(fitX, fitY);
                inside = options.Fit == ThumbnailFit.Inside ? Math.Min((options.Percent ?? 100) / 100.0, inside) : inside;
                width = Math.Clamp((int)Math.Round(source.UprightWidth * inside), 1, options.Width);
                height = Math.Clamp((int)Math.Round(source.UprightHeight * inside), 1, options.Height);
                break;
        }

        (int canvasWidth, int canvasHeight) = options.Fit == ThumbnailFit.Contain ? (options.Width, options.Height) : (width, height);

        // The crop was placed in the upright image; kernels are for the stored one.
        CropPlacement placement = CropPlacement.Of(options.Focus, source.UprightWidth, source.UprightHeight, cropWidth, cropHeight).ToStored(source.Orientation);
        if (source.Orientation >= 5)
        {
            (width, height) = (height, width);
            (cropWidth, cropHeight) = (cropHeight, cropWidth);
        }

        double reduction = Math.Min(cropWidth / width, cropHeight / height);
        DecoderScale scale = ChooseScale(reduction, scales);
        int boxWidth = ChooseBox(cropWidth / width, reduction, scale);
        int boxHeight = ChooseBox(cropHeight / height, reduction, scale);
        KernelMap columns = Axis(source.Width, cropWidth, placement.X, scale, boxWidth, width);
        KernelMap rows = Axis(source.Height, cropHeight, placement.Y, scale, boxHeight, height);
        (int x, int windowWidth) = Stretch(columns, boxWidth, DecodeWindow.Reduce(source.Width, scale.Eighths));
        (int y, int windowHeight) = Stretch(rows, boxHeight, DecodeWindow.Reduce(source.Height, scale.Eighths));
        return new ThumbnailPlan(boxWidth, boxHeight, columns, rows, canvasWidth, canvasHeight)
        {
            Window = new DecodeWindow(scale.Eighths, x, y, windowWidth, windowHeight)
            {
                WillBeDownscaled = reduction >= DownscaledFrom,
                Reduction = reduction,
            },
        };
    }

    private static DecoderScale ChooseScale(double reduction, ReadOnlySpan<DecoderScale> scales)
    {
        DecoderScale chosen = new(8);
        foreach (DecoderScale scale in scales)
        {
            if (reduction / scale.Reduction >= scale.MinResampling)
            {
                chosen = scale;
            }
        }

        return chosen;
    }

    /// <summary>
    /// Boxes are square, unless one axis is reduced much more than the other, as in a row of a million pixels: its kernel would have millions of
    /// weights.
    /// </summary>
    /// <param name="axis">The reduction of the axis.</param>
    /// <param name="least">The reduction of the axis that is reduced less.</param>
    /// <param name="scale">The scale of decoding.</param>
    private static int ChooseBox(double axis, double least, DecoderScale scale) =>
        Math.Max(1, (int)((axis >= 2 * least ? axis : least) / scale.Reduction / MinKernel));

    /// <summary>The last sample of a reduced axis may reach over the edge; the geometry uses the exact length, so nothing shifts.</summary>
    private static KernelMap Axis(int length, double crop, double placement, DecoderScale scale, int box, int outputs)
    {
        int boxes = CeilingDivide(DecodeWindow.Reduce(length, scale.Eighths), box);
        double reduction = scale.Reduction * box;
        return KernelMap.Create(boxes, (length - crop) * placement / reduction, crop / reduction, outputs, reduction);
    }

    /// <summary>The first pixel of the boxes that a kernel needs, and their number up to the image's end.</summary>
    private static (int First, int Count) Stretch(KernelMap axis, int box, int length)
    {
        int first = axis.FirstInput * box;
        return (first, (int)Math.Min((long)axis.EndInput * box, length) - first);
    }

    private static int CeilingDivide(int length, int by) => (int)(((long)length + by - 1) / by);
}
