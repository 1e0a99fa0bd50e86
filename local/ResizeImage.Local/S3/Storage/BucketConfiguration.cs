using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Local.S3.Notifications;

namespace ResizeImage.Local.S3.Storage;

/// <summary>Settings of a bucket, kept as a JSON file.</summary>
internal sealed record BucketConfiguration
{
    /// <summary>The LocationConstraint it was made with; null for us-east-1.</summary>
    public string? Location { get; init; }

    /// <summary>Null until PutBucketNotificationConfiguration.</summary>
    public NotificationConfiguration? Notification { get; init; }

    /// <summary>Reads the file; the defaults if there is none.</summary>
    /// <exception cref="LocalCloudException">The file cannot be read.</exception>
    public static BucketConfiguration Read(string path)
    {
        if (!File.Exists(path))
        {
            return new BucketConfiguration();
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, BucketConfigurationJson.Default.BucketConfiguration) ?? new BucketConfiguration();
        }
        catch (JsonException e)
        {
            throw new LocalCloudException($"{path} is not the configuration of a bucket: {e.Message.TrimEnd('.')}. Delete it to go back to the defaults.", e);
        }
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BucketConfiguration))]
internal sealed partial class BucketConfigurationJson : JsonSerializerContext;
