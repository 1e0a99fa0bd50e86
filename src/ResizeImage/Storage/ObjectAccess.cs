using Amazon.S3;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>All that the function does with S3, behind one client.</summary>
internal sealed class ObjectAccess(IAmazonS3 s3, Settings settings, TimeProvider clock)
{
    /// <summary>Reads photos.</summary>
    public ObjectReader Reader { get; } = new(s3, settings, clock);

    /// <summary>Sends HEAD requests for photos and thumbnails.</summary>
    public ObjectProbe Probe { get; } = new(s3, settings);

    /// <summary>Writes and deletes thumbnails, and writes small texts.</summary>
    public ObjectWriter Writer { get; } = new(s3, settings);

    /// <summary>Reads thumbnails for requests.</summary>
    public ThumbnailReader Thumbnails { get; } = new(s3, settings, clock);

    /// <summary>Lists photos.</summary>
    public ObjectLister Lister { get; } = new(s3, settings);

    /// <summary>Reads an object with text in it.</summary>
    public TextObject Text(ObjectLocation location) => new(s3, settings, location);
}
