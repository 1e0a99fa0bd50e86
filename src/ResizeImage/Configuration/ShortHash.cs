using System.Security.Cryptography;
using System.Text;

namespace ResizeImage.Configuration;

/// <summary>Names text of any length in a few ASCII characters, as the metadata of S3 objects need it.</summary>
internal static class ShortHash
{
    /// <summary>The first 64 bits of SHA-256, in 16 hexadecimal digits.</summary>
    public static string Of(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8).ToLowerInvariant();
}
