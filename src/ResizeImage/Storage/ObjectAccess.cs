using Amazon.S3;

namespace ResizeImage.Storage;

/// <summary>All that the function does with S3, behind one client.</summary>
/// <param name="s3">The client.</param>
/// <param name="maxBytes">Larger photos are refused before their bodies are read.</param>
internal sealed class ObjectAccess(IAmazonS3 s3, long maxBytes)
{
    /// <summary>Reads photos.</summary>
    public ObjectReader Reader { get; } = new(s3, maxBytes);

    /// <summary>Asks about photos and thumbnails.</summary>
    public ObjectProbe Probe { get; } = new(s3);

    /// <summary>Writes and deletes thumbnails, and writes small texts.</summary>
    public ObjectWriter Writer { get; } = new(s3);

    /// <summary>Lists photos.</summary>
    public ObjectLister Lister { get; } = new(s3);

    /// <summary>Reads an object with text in it.</summary>
    public TextObject Text(ObjectLocation location) => new(s3, location);
}
