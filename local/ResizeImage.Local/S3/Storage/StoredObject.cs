using System.Text.Json.Serialization;
using ResizeImage.Local.S3.Content;

namespace ResizeImage.Local.S3.Storage;

/// <summary>The metadata of an object, kept as a JSON file.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Without quotes: the MD5 in hex, or for a multipart upload the MD5 of the parts' MD5s, a dash, and their number.</summary>
    public required string ETag { get; init; }

    /// <summary>UTC, in whole seconds, as S3 keeps it.</summary>
    public required DateTime LastModified { get; init; }

    /// <summary>Headers that are returned unchanged: Content-Type, Cache-Control and similar ones, and x-amz-meta-*.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The checksum that was sent with the object, or null.</summary>
    public StoredChecksum? Checksum { get; init; }

    /// <summary>Its tags, at least one; null for none.</summary>
    public IReadOnlyList<ObjectTag>? Tags { get; init; }

    /// <summary>Its canned ACL; null for private.</summary>
    public string? Acl { get; init; }

    /// <summary>Sizes of the parts of a multipart upload, in order; null for an object put in one request.</summary>
    public IReadOnlyList<long>? PartSizes { get; init; }

    /// <summary>The multipart upload that made it, so that completing it again can be answered; null for an object put in one request.</summary>
    public string? UploadId { get; init; }

    /// <summary>The name of the staged file with its bytes, until the file is renamed into place. Null in folders of earlier versions.</summary>
    public string? Generation { get; init; }
}

/// <param name="Algorithm">As in header names: crc32, crc32c, crc64nvme, sha1, sha256.</param>
/// <param name="Value">Base64; a composite one is followed by a dash and the number of parts.</param>
/// <param name="Type">FULL_OBJECT or COMPOSITE.</param>
internal sealed record StoredChecksum(string Algorithm, string Value, string Type)
{
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";

    /// <summary>The checksum of a whole object, as it is kept.</summary>
    public static StoredChecksum? Of(ReceivedChecksum? checksum) =>
        checksum is null ? null : new StoredChecksum(checksum.Algorithm, Convert.ToBase64String(checksum.Value), FullObject);
}

[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredObject))]
internal sealed partial class StoredObjectJson : JsonSerializerContext;
