using Microsoft.Extensions.Primitives;

namespace ResizeImage.Local.S3.Signing;

/// <summary>
/// Verifies presigned URLs of both signature versions, as S3 does: the request must match the signature and be in time.
/// Requests that are signed in the header Authorization, or unsigned, are accepted.
/// </summary>
internal static class PresignedUrl
{
    /// <summary>Whether a query parameter belongs to the signature, and not to the operation.</summary>
    /// <remarks>All X-Amz-* do: SDKs put headers there, too. x-id is the operation's name, which some SDKs add.</remarks>
    public static bool IsParameter(string name) =>
        name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || name is "AWSAccessKeyId" or "Signature" or "Expires" or "x-id";

    /// <exception cref="S3Exception">It is presigned, but not like this, not by the local user, or not for now.</exception>
    public static void Verify(S3Call call)
    {
        IQueryCollection query = call.Request.Query;
        if (query.ContainsKey("X-Amz-Algorithm") || query.ContainsKey("X-Amz-Signature"))
        {
            PresignedUrlV4.Verify(call, DateTime.UtcNow);
        }
        else if (query.ContainsKey("Signature") || query.ContainsKey("AWSAccessKeyId"))
        {
            PresignedUrlV2.Verify(call, DateTime.UtcNow);
        }
        else
        {
            return;
        }

        // Headers that the signer moved into the URL, such as x-amz-meta-*, count as headers. Checksums do not,
        // as in S3: the signer does not know the body yet, and the JavaScript SDK signs the checksum of an empty one.
        foreach ((string? name, StringValues value) in query)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !name.Contains("checksum", StringComparison.OrdinalIgnoreCase))
            {
                call.Request.Headers.TryAdd(name, new StringValues(value.ToString()));
            }
        }
    }
}
