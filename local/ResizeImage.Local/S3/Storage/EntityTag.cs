using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace ResizeImage.Local.S3.Storage;

/// <summary>ETags as S3 forms them: the MD5 in hex, or for a multipart upload the MD5 of the parts' MD5s, a dash, and their number.</summary>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "S3 defines MD5 as ETag.")]
internal static class EntityTag
{
    public static string Of(byte[] md5) => Convert.ToHexString(md5).ToLowerInvariant();

    /// <param name="md5s">Of the parts, 16 bytes each, in order.</param>
    public static string OfParts(IReadOnlyCollection<byte[]> md5s) =>
        string.Create(CultureInfo.InvariantCulture, $"{Of(MD5.HashData(md5s.SelectMany(md5 => md5).ToArray()))}-{md5s.Count}");

    /// <param name="partSizes">Of a multipart upload; null for an object put in one request.</param>
    public static string OfFile(string path, IReadOnlyList<long>? partSizes)
    {
        using FileStream file = File.OpenRead(path);
        if (partSizes is null)
        {
            return Of(MD5.HashData(file));
        }

        byte[] buffer = new byte[128 << 10];
        List<byte[]> md5s = new();
        foreach (long size in partSizes)
        {
            using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            int read;
            for (long left = size; left > 0; left -= read)
            {
                read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
                if (read == 0)
                {
                    return "";
                }

                md5.AppendData(buffer, 0, read);
            }

            md5s.Add(md5.GetHashAndReset());
        }

        return OfParts(md5s);
    }
}
