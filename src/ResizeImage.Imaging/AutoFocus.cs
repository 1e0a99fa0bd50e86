using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Metadata;
using ResizeImage.Imaging.Metadata.Xmp;

namespace ResizeImage.Imaging;

/// <summary>Resolves <see cref="ThumbnailFocus.Auto"/>: asks a file for its subject only where a thumbnail is cropped.</summary>
internal static class AutoFocus
{
    /// <summary>The most difference between the parts of width and height that the thumbnail keeps, without which nothing is cropped.</summary>
    private const double LeastCrop = 1e-3;

    /// <summary>The options with the point of the subject; as they are if there is none, or if they say where to crop.</summary>
    /// <param name="decoder">The source image.</param>
    /// <param name="options">Size, fit and focus.</param>
    public static ThumbnailOptions Resolve(ImageDecoder decoder, ThumbnailOptions options)
    {
        if (options.Fit != ThumbnailFit.Cover || options.Focus.Point is not null)
        {
            return options;
        }

        // The crop as a part of the upright image: one side is whole.
        ImageInfo info = decoder.Info;
        double aspect = (double)options.Width * info.UprightHeight / ((double)options.Height * info.UprightWidth);
        (double width, double height) = aspect < 1 ? (aspect, 1.0) : (1.0, 1 / aspect);
        if (Math.Min(width, height) > 1 - LeastCrop)
        {
            return options;
        }

        FocusPoint? point = options.PhotoFocus ?? FindSubject(decoder, options, width, height);
        return point is { } found ? options with { Focus = ThumbnailFocus.At(found) } : options;
    }

    private static FocusPoint? FindSubject(ImageDecoder decoder, ThumbnailOptions options, double width, double height)
    {
        ImageInfo info = decoder.Info;
        PhotoMetadata metadata;
        try
        {
            metadata = decoder.ReadMetadata();
        }
        catch (ImageException)
        {
            // Corrupt metadata refuses no photo.
            return null;
        }

        List<SubjectRegion> regions = XmpSubjects.Read(metadata.Xmp.Span, info, options.Width, options.Height);
        if (regions.Count == 0 && ExifSubject.Read(metadata.Exif.Span, info.Width, info.Height) is { } subject)
        {
            regions.Add(subject.ToUpright(info.Orientation));
        }

        return SubjectFrame.Find(regions, width, height);
    }
}
