using System.Globalization;
using Amazon.S3.Model;
using ResizeImage.Imaging;

namespace ResizeImage.Storage;

/// <summary>
/// Dimensions in pixels in the metadata of a thumbnail (x-amz-meta-…), so that a front end can reserve its place before it loads. The function
/// only writes them: <see cref="ThumbnailOrigin"/> alone says whether a thumbnail is up to date.
/// </summary>
internal static class ThumbnailDimensions
{
    /// <summary>Adds them to the metadata of a PUT: width and height of the thumbnail, source-width and source-height of the upright photo.</summary>
    public static void Write(Thumbnail thumbnail, MetadataCollection metadata)
    {
        metadata["width"] = Text(thumbnail.Width);
        metadata["height"] = Text(thumbnail.Height);
        metadata["source-width"] = Text(thumbnail.Source.UprightWidth);
        metadata["source-height"] = Text(thumbnail.Source.UprightHeight);
    }

    private static string Text(int pixels) => pixels.ToString(CultureInfo.InvariantCulture);
}
