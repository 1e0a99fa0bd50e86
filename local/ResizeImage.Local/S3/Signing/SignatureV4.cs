using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ResizeImage.Local.S3.Signing;

/// <summary>The common part of version 4 signatures: "Signature Version 4 signing process" in the Amazon S3 API Reference.</summary>
internal static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The form of X-Amz-Date.</summary>
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static bool TryParseTime(string text, out DateTime utc) => DateTime.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out utc);

    /// <summary>The signature in hex.</summary>
    /// <param name="scope">Day, region and service of the signature.</param>
    public static string Sign(CredentialScope scope, string stringToSign)
    {
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + LocalCredentials.SecretAccessKey);
        foreach (string part in new[] { scope.Date, scope.Region, scope.Service, CredentialScope.End })
        {
            key = Hmac(key, part);
        }

        return Hex(Hmac(key, stringToSign));
    }

    public static string Hash(string text) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>UriEncode of the documentation: all but letters, digits and -._~ becomes %XX.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

/// <summary>X-Amz-Credential: ACCESS-KEY-ID/DATE/REGION/SERVICE/aws4_request. Any region is accepted.</summary>
internal sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service)
{
    public const string End = "aws4_request";

    /// <summary>Null if the form is invalid.</summary>
    public static CredentialScope? TryParse(string credential) =>
        credential.Split('/') is [var id, { Length: 8 } date, var region, "s3" and var service, End] ? new(id, date, region, service) : null;

    /// <summary>All but the access key.</summary>
    public override string ToString() => $"{Date}/{Region}/{Service}/{End}";
}
