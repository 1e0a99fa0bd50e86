using System.Globalization;
using Amazon.S3.Model;
using ResizeImage.Imaging;

namespace ResizeImage.Storage;

/// <summary>
/// What a front end wants to know of a thumbnail before it loads, in its metadata (x-amz-meta-…): dimensions in pixels, to reserve its place,
/// and a placeholder. The function only writes them: <see cref="ThumbnailOrigin"/> alone says whether a thumbnail is up to date.
/// </summary>
internal static class ThumbnailDescription
{
    /// <summary>Adds them to the metadata of a PUT: width and height of the thumbnail, source-width and source-height of the upright photo, thumbhash in base64, color.</summary>
    public static void Write(Thumbnail thumbnail, MetadataCollection metadata)
    {
        metadata["width"] = Text(thumbnail.Width);
        metadata["height"] = Text(thumbnail.Height);
        metadata["source-width"] = Text(thumbnail.Source.UprightWidth);
        metadata["source-height"] = Text(thumbnail.Source.UprightHeight);
        if (thumbnail is { ThumbHash: { } hash, DominantColor: { } color })
        {
            metadata["thumbhash"] = Convert.ToBase64String(hash);
            metadata["color"] = color;
        }
    }

    private static string Text(int pixels) => pixels.ToString(CultureInfo.InvariantCulture);
}
