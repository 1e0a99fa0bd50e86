using System.Net.Http.Headers;
using Amazon.S3.Model;

namespace ResizeImage.Storage;

/// <summary>
/// Hides headers of the answers to GETs from the S3 client, and keeps them in the object's metadata, which the client passes on.
/// The client compares an ETag with the MD5 of the body: 20 of 37 ms of processor time for a photo, although TLS has authenticated the
/// body, and a failure with stores whose ETags are not MD5. Of several Content-Encodings it returns only the first.
/// </summary>
internal static class RawResponse
{
    private const string Metadata = "x-amz-meta-";
    private const string ETag = "resizeimage-etag";
    private const string Chunked = "resizeimage-chunked";
    private const string Encoding = "resizeimage-content-encoding";

    /// <summary>Moves the headers into the metadata, in place of what the object itself may have there.</summary>
    public static void Hide(HttpResponseMessage response)
    {
        Keep(response, ETag, ValueOf(response.Headers, "ETag"));
        Keep(response, Encoding, ValueOf(response.Content.Headers, "Content-Encoding"));

        // The client calls the length of such a body 0.
        Keep(response, Chunked, response.Headers.TransferEncodingChunked == true ? "true" : null);
        response.Headers.Remove("ETag");
    }

    /// <summary>The ETag of the object that a GET found, without quotes; empty if it has none.</summary>
    public static string ETagOf(GetObjectResponse response) => SourceObject.Unquoted(response.Metadata[ETag] ?? response.ETag);

    /// <summary>The codings of the object, in the order in which they were applied, separated by commas; null if it has none.</summary>
    public static string? ContentEncodingOf(GetObjectResponse response) => response.Metadata[Encoding] ?? response.Headers.ContentEncoding;

    /// <summary>Whether the body comes in chunks, which say where it ends but not beforehand how long it is.</summary>
    public static bool IsChunked(GetObjectResponse response) => response.Metadata[Chunked] is not null;

    private static string? ValueOf(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;

    private static void Keep(HttpResponseMessage response, string name, string? value)
    {
        response.Headers.Remove(Metadata + name);
        if (value is not null)
        {
            response.Headers.TryAddWithoutValidation(Metadata + name, value);
        }
    }
}
