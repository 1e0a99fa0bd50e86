using System.Security.Cryptography;

namespace ResizeImage.Local.S3.Signing;

/// <summary>The one user of this S3. Presigned URLs and forms are verified with its secret.</summary>
internal static class LocalCredentials
{
    public const string AccessKeyId = "local";
    public const string SecretAccessKey = "local";

    /// <exception cref="S3Exception">InvalidAccessKeyId.</exception>
    public static void CheckAccessKeyId(string accessKeyId)
    {
        if (accessKeyId != AccessKeyId)
        {
            throw S3Error.InvalidAccessKeyId(accessKeyId);
        }
    }

    /// <summary>Compares in constant time.</summary>
    public static bool AreEqual(string signature, string expected) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(signature), System.Text.Encoding.UTF8.GetBytes(expected));
}
