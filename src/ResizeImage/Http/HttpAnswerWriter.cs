using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResizeImage.Http;

/// <summary>
/// Writes answers as the front of a request expects them: "Lambda function response format" for API Gateway and function URLs, "Respond to the load
/// balancer" for Application Load Balancers. Images are base64, straight into the JSON: no string of 6 MB.
/// </summary>
internal static class HttpAnswerWriter
{
    private const int ForHeaders = 2048;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of an answer.</summary>
    public static Stream Write(HttpRequest request, HttpAnswer answer)
    {
        byte[] image = request.IsHead ? [] : answer.Image ?? [];
        ArrayBufferWriter<byte> json = new(ForHeaders + Base64.GetMaxEncodedToUtf8Length(image.Length));
        using (Utf8JsonWriter writer = new(json, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("statusCode", answer.Status);
            if (request.Front.HasStatusDescription)
            {
                writer.WriteString("statusDescription", $"{answer.Status} {Phrase(answer.Status)}");
            }

            WriteHeaders(writer, request, answer);
            writer.WriteBoolean("isBase64Encoded", image.Length > 0);
            if (image.Length > 0)
            {
                writer.WriteBase64String("body", image);
            }
            else
            {
                writer.WriteString("body", request.IsHead ? string.Empty : answer.Text ?? string.Empty);
            }

            writer.WriteEndObject();
        }

        MemoryMarshal.TryGetArray(json.WrittenMemory, out ArraySegment<byte> written);
        return new MemoryStream(written.Array!, written.Offset, written.Count, writable: false);
    }

    private static void WriteHeaders(Utf8JsonWriter writer, HttpRequest request, HttpAnswer answer)
    {
        writer.WriteStartObject(request.HasMultiValueHeaders ? "multiValueHeaders" : "headers");
        foreach ((string name, string value) in answer.Headers)
        {
            WriteHeader(writer, request, name, value);
        }

        // Each front sets the length of a body that it sends.
        if (request.IsHead && request.Front.KeepsContentLength && answer.Length > 0)
        {
            WriteHeader(writer, request, "Content-Length", answer.Length.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter writer, HttpRequest request, string name, string value)
    {
        if (request.HasMultiValueHeaders)
        {
            writer.WriteStartArray(name);
            writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>RFC 9110, section 15.</summary>
    private static string Phrase(int status) => status switch
    {
        200 => "OK",
        302 => "Found",
        304 => "Not Modified",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };
}
