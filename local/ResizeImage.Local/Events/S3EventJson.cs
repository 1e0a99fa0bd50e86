using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ResizeImage.Local.S3;

namespace ResizeImage.Local.Events;

/// <summary>
/// An event as S3 sends it to its targets: "Event message structure" in the Amazon S3 User Guide, version 2.1.
/// </summary>
public static class S3EventJson
{
    // The principal of each event, in the form that the documentation uses.
    private const string PrincipalId = "AWS:AIDALOCALCLOUD";
    private const string OwnerId = "A0LOCALCLOUD";

    // S3 writes + and non-ASCII letters as they are.
    private static readonly JsonWriterOptions AsS3Writes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message with one record, in UTF-8.</summary>
    /// <param name="configurationId">The name of the bucket's notification configuration.</param>
    public static byte[] Write(ObjectEvent happened, string configurationId = "local")
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, AsS3Writes))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("eventVersion", "2.1");
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", S3Server.Region);
            json.WriteString("eventTime", Iso8601(happened.Time));
            json.WriteString("eventName", happened.Name);
            WritePrincipal(json, "userIdentity", PrincipalId);
            json.WriteStartObject("requestParameters");
            json.WriteString("sourceIPAddress", "127.0.0.1");
            json.WriteEndObject();
            json.WriteStartObject("responseElements");
            json.WriteString("x-amz-request-id", happened.RequestId);
            json.WriteString("x-amz-id-2", happened.HostId);
            json.WriteEndObject();
            WriteS3(json, happened, configurationId);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The message that S3 sends to a target when notifications are configured, to check that the target exists.</summary>
    public static byte[] WriteTestEvent(string bucket)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, AsS3Writes))
        {
            json.WriteStartObject();
            json.WriteString("Service", "Amazon S3");
            json.WriteString("Event", "s3:TestEvent");
            json.WriteString("Time", Iso8601(DateTime.UtcNow));
            json.WriteString("Bucket", bucket);
            json.WriteString("RequestId", RequestIds.NewRequestId());
            json.WriteString("HostId", RequestIds.NewHostId());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Iso8601(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteS3(Utf8JsonWriter json, ObjectEvent happened, string configurationId)
    {
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", configurationId);
        json.WriteStartObject("bucket");
        json.WriteString("name", happened.Bucket);
        WritePrincipal(json, "ownerIdentity", OwnerId);
        json.WriteString("arn", "arn:aws:s3:::" + happened.Bucket);
        json.WriteEndObject();
        json.WriteStartObject("object");
        json.WriteString("key", S3UrlEncoding.Encode(happened.Key));
        if (happened.IsCreation)
        {
            json.WriteNumber("size", happened.Size);
            json.WriteString("eTag", happened.ETag);
        }

        json.WriteString("sequencer", happened.Sequencer);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePrincipal(Utf8JsonWriter json, string name, string id)
    {
        json.WriteStartObject(name);
        json.WriteString("principalId", id);
        json.WriteEndObject();
    }
}
