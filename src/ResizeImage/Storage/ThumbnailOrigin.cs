using Amazon.S3.Model;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>What a thumbnail was made of, kept in its metadata (x-amz-meta-…), so that anyone can tell whether it is up to date.</summary>
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

    /// <summary>What the metadata of an object say; null where it is no thumbnail of this function.</summary>
    public static ThumbnailOrigin? Read(MetadataCollection metadata) => metadata[ETagName] is { } etag
        ? new ThumbnailOrigin(etag, metadata[IdName] ?? string.Empty, metadata[SettingsName] ?? string.Empty)
        : null;

    /// <summary>Whether a thumbnail is of that photo. One without an id was made before there were ids; its name must do.</summary>
    public bool IsOf(ObjectLocation source) => SourceId.Length == 0 || SourceId == IdOf(source);

    /// <summary>Adds it to the metadata of a thumbnail that is to be put.</summary>
    public void Write(MetadataCollection metadata)
    {
        metadata[ETagName] = SourceETag;
        metadata[IdName] = SourceId;
        metadata[SettingsName] = Settings;
    }
}
