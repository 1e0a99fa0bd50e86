using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace ResizeImage.Local.S3.Signing;

/// <summary>
/// Signature version 2, in which boto3 and s3cmd still sign URLs: "Signing and authenticating REST requests", query string
/// authentication, in the Amazon S3 User Guide.
/// </summary>
internal static class PresignedUrlV2
{
    // The parameters that the signature covers; the holder of the URL may change the others.
    private static readonly HashSet<string> SignedParameters = new(StringComparer.Ordinal)
    {
        "acl", "lifecycle", "location", "logging", "notification", "partNumber", "policy", "requestPayment", "torrent", "uploadId", "uploads",
        "versionId", "versioning", "versions", "website", "delete", "cors", "tagging", "restore", "response-cache-control",
        "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
    };

    /// <exception cref="S3Exception">InvalidAccessKeyId, AccessDenied, SignatureDoesNotMatch.</exception>
    public static void Verify(S3Call call, DateTime now)
    {
        LocalCredentials.CheckAccessKeyId(call.Query("AWSAccessKeyId"));
        string expires = call.Query("Expires");
        if (!int.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds))
        {
            throw S3Error.AccessDenied($"Invalid date (should be seconds since epoch): {expires}");
        }

        DateTime end = DateTime.UnixEpoch.AddSeconds(seconds);
        if (now > end)
        {
            throw S3Error.Expired(end, now);
        }

        string stringToSign = StringToSign(call, expires);
        if (!LocalCredentials.AreEqual(call.Query("Signature"), Sign(stringToSign)))
        {
            throw S3Error.SignatureDoesNotMatch(call.Query("Signature"), stringToSign);
        }
    }

    /// <summary>The signature in base64.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The signature version defines it.")]
    public static string Sign(string stringToSign) => Convert.ToBase64String(
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(LocalCredentials.SecretAccessKey), Encoding.UTF8.GetBytes(stringToSign)));

    private static string StringToSign(S3Call call, string expires)
    {
        StringBuilder text = new();
        text.Append(call.Request.Method).Append('\n');
        text.Append(call.Header("Content-MD5")).Append('\n');
        text.Append(call.Header("Content-Type")).Append('\n');
        text.Append(expires).Append('\n');

        // Headers that the signer moved into the URL count as headers.
        IOrderedEnumerable<(string Name, StringValues Value)> headers = call.Request.Headers.Concat(call.Request.Query)
            .Select(header => (Name: header.Key.ToLowerInvariant(), header.Value))
            .Where(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal))
            .OrderBy(header => header.Name, StringComparer.Ordinal);
        foreach ((string? name, StringValues value) in headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        string[] parameters =
        [
            .. call.Request.Query.Where(parameter => SignedParameters.Contains(parameter.Key))
                .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                .Select(parameter => parameter.Value.ToString() is { Length: > 0 } value ? $"{parameter.Key}={value}" : parameter.Key),
        ];
        text.Append(call.RawPath).Append(call.Level == S3Level.Bucket && !call.RawPath.EndsWith('/') ? "/" : "");
        return text.Append(parameters.Length == 0 ? "" : "?" + string.Join('&', parameters)).ToString();
    }
}
