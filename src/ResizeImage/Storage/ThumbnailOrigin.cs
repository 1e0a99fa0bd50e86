using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>The photo and settings that a thumbnail was made of, in its metadata (x-amz-meta-…): they show whether it is up to date.</summary>
/// <param name="SourceETag">ETag of the photo, without quotes (source-etag).</param>
/// <param name="SourceId">Which object the photo is (source-id): other photos may have the same content, or by OUTPUT_KEY the same thumbnail.</param>
/// <param name="Settings">Fingerprint of the settings (thumbnail-settings).</param>
internal sealed record ThumbnailOrigin(string SourceETag, string SourceId, string Settings)
{
    private const string ETagName = "source-etag";
    private const string IdName = "source-id";
    private const string SettingsName = "thumbnail-settings";

    /// <summary>Names an object in 16 hexadecimal digits. Keys themselves may be longer than metadata can be, and are not ASCII.</summary>
    public static string IdOf(ObjectLocation source) => ShortHash.Of(source.ToString());

    /// <summary>Reads the metadata of an object; null if it is not a thumbnail of this function.</summary>
    public static ThumbnailOrigin? Read(MetadataCollection metadata) => metadata[ETagName] is { } etag
        ? new ThumbnailOrigin(etag, metadata[IdName] ?? string.Empty, metadata[SettingsName] ?? string.Empty)
        : null;

    /// <summary>Whether a thumbnail is of that photo. Early thumbnails have no id; their name must do.</summary>
    public bool IsOf(ObjectLocation source) => SourceId.Length == 0 || SourceId == IdOf(source);

    /// <summary>Adds it to the metadata of a PUT.</summary>
    public void Write(MetadataCollection metadata)
    {
        metadata[ETagName] = SourceETag;
        metadata[IdName] = SourceId;
        metadata[SettingsName] = Settings;
    }
}
