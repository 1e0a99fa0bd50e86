using System.Globalization;
using System.Text;

namespace ResizeImage.Local.S3.Signing;

/// <summary>"Authenticating requests: using query parameters (AWS Signature Version 4)" in the Amazon S3 API Reference.</summary>
internal static class PresignedUrlV4
{
    private const string Signature = "X-Amz-Signature";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>Seven days.</summary>
    private const int MaxSeconds = 604_800;

    /// <exception cref="S3Exception">AuthorizationQueryParametersError, InvalidAccessKeyId, AccessDenied, SignatureDoesNotMatch.</exception>
    public static void Verify(S3Call call, DateTime now)
    {
        if (call.Query("X-Amz-Algorithm") != SignatureV4.Algorithm)
        {
            throw S3Error.AuthorizationQueryParameters($"X-Amz-Algorithm only supports {SignatureV4.Algorithm}");
        }

        CredentialScope scope = CredentialScope.TryParse(call.Query("X-Amz-Credential"))
            ?? throw S3Error.AuthorizationQueryParameters("X-Amz-Credential is not ACCESS-KEY-ID/YYYYMMDD/REGION/s3/aws4_request");
        LocalCredentials.CheckAccessKeyId(scope.AccessKeyId);
        string time = call.Query("X-Amz-Date");
        if (!SignatureV4.TryParseTime(time, out DateTime signed) || !time.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            throw S3Error.AuthorizationQueryParameters("X-Amz-Date is not YYYYMMDD'T'HHMMSS'Z', or of another day than X-Amz-Credential");
        }

        CheckTime(call.Query("X-Amz-Expires"), signed, now);
        string[] signedHeaders = call.Query("X-Amz-SignedHeaders").Split(';');
        CheckHeadersAreSigned(call, signedHeaders);
        string canonicalRequest = CanonicalRequest(call, signedHeaders);
        string stringToSign = $"{SignatureV4.Algorithm}\n{time}\n{scope}\n{SignatureV4.Hash(canonicalRequest)}";
        if (!LocalCredentials.AreEqual(call.Query(Signature), SignatureV4.Sign(scope, stringToSign)))
        {
            throw S3Error.SignatureDoesNotMatch(call.Query(Signature), stringToSign, ("CanonicalRequest", canonicalRequest));
        }
    }

    private static void CheckTime(string seconds, DateTime signed, DateTime now)
    {
        if (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int valid) || valid > MaxSeconds)
        {
            throw S3Error.AuthorizationQueryParameters($"X-Amz-Expires is not a number of seconds from 0 to {MaxSeconds}");
        }

        if (now > signed.AddSeconds(valid))
        {
            throw S3Error.Expired(signed.AddSeconds(valid), now);
        }

        if (signed > now + ClockSkew)
        {
            throw S3Error.AccessDenied("Request is not valid yet");
        }
    }

    // The holder of the URL must not be able to extend what it allows.
    private static void CheckHeadersAreSigned(S3Call call, string[] signed)
    {
        string[] missing =
        [
            .. call.Request.Headers.Keys.Select(name => name.ToLowerInvariant())
                .Where(name => (name == "host" || name.StartsWith("x-amz-", StringComparison.Ordinal)) && !signed.Contains(name)),
        ];
        if (missing.Length > 0)
        {
            throw S3Error.AccessDenied("There were headers present in the request which were not signed", ("HeadersNotSigned", string.Join(", ", missing)));
        }
    }

    private static string CanonicalRequest(S3Call call, string[] signedHeaders)
    {
        StringBuilder text = new();
        text.Append(call.Request.Method).Append('\n');
        text.Append(string.Join('/', call.Path.Split('/').Select(SignatureV4.Encode))).Append('\n');
        text.AppendJoin('&', call.Request.Query
            .Where(parameter => !parameter.Key.Equals(Signature, StringComparison.OrdinalIgnoreCase))
            .SelectMany(parameter => parameter.Value.Select(value => (Name: SignatureV4.Encode(parameter.Key), Value: SignatureV4.Encode(value ?? ""))))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}")).Append('\n');
        foreach (string name in signedHeaders)
        {
            string value = string.Join(' ', call.Request.Headers[name].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        string payload = call.Header("x-amz-content-sha256") ?? (call.Query("X-Amz-Content-Sha256") is { Length: > 0 } hash ? hash : "UNSIGNED-PAYLOAD");
        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payload).ToString();
    }
}
