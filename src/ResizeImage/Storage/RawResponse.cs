using Amazon.S3.Model;

namespace ResizeImage.Storage;

/// <summary>
/// Gives the S3 client the answers to GETs without their ETag, and keeps it where the client hands it through: in the object's metadata.
/// The client takes an ETag for the MD5 of the body and compares them: 20 of 37 ms of processor time for a photo, although TLS has
/// authenticated what comes, and a failure with stores whose ETags are something else.
/// </summary>
internal static class RawResponse
{
    private const string Metadata = "x-amz-meta-";
    private const string ETag = "resizeimage-etag";
    private const string Chunked = "resizeimage-chunked";

    /// <summary>Takes the ETag away; whatever the object has under these names in its own metadata, too.</summary>
    public static void Hide(HttpResponseMessage response)
    {
        response.Headers.Remove(Metadata + ETag);
        response.Headers.Remove(Metadata + Chunked);
        if (response.Headers.NonValidated.TryGetValues("ETag", out System.Net.Http.Headers.HeaderStringValues etag))
        {
            response.Headers.TryAddWithoutValidation(Metadata + ETag, etag.ToString());
            response.Headers.Remove("ETag");
        }

        // The client calls the length of such a body 0.
        if (response.Headers.TransferEncodingChunked == true)
        {
            response.Headers.TryAddWithoutValidation(Metadata + Chunked, "true");
        }
    }

    /// <summary>The ETag of the object that a GET found, without quotes; empty if it has none.</summary>
    public static string ETagOf(GetObjectResponse response) => SourceObject.Unquoted(response.Metadata[ETag] ?? response.ETag);

    /// <summary>Whether the body comes in chunks, which say where it ends but not beforehand how long it is.</summary>
    public static bool IsChunked(GetObjectResponse response) => response.Metadata[Chunked] is not null;
}
