using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace ResizeImage.Local.S3.Content;

/// <summary>An incremental digest.</summary>
internal abstract class Digest : IDisposable
{
    /// <summary>The algorithms of x-amz-checksum-*, as they are written there.</summary>
    public static readonly IReadOnlyList<string> Checksums = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"];

    /// <param name="algorithm">One of <see cref="Checksums"/>, or md5.</param>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "S3 defines SHA-1 as a checksum.")]
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "S3 defines MD5 as ETag and Content-MD5.")]
    public static Digest Create(string algorithm) => algorithm switch
    {
        "md5" => new Hash(HashAlgorithmName.MD5),
        "sha1" => new Hash(HashAlgorithmName.SHA1),
        "sha256" => new Hash(HashAlgorithmName.SHA256),
        "crc32" => new Crc(new Crc32()),
        "crc32c" => new Crc(new Crc32(Crc32ParameterSet.Crc32C)),
        "crc64nvme" => new Crc(new Crc64(Crc64ParameterSet.Nvme)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>The digest of all that was appended; most significant byte first.</summary>
    public abstract byte[] Finish();

    public abstract void Dispose();

    private sealed class Hash(HashAlgorithmName name) : Digest
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

        public override byte[] Finish() => _hash.GetHashAndReset();

        public override void Dispose() => _hash.Dispose();
    }

    private sealed class Crc(NonCryptographicHashAlgorithm crc) : Digest
    {
        public override void Append(ReadOnlySpan<byte> data) => crc.Append(data);

        public override byte[] Finish()
        {
            // These CRCs process bits from the least significant one, so .NET writes that end first; S3 writes it last.
            byte[] value = crc.GetHashAndReset();
            Array.Reverse(value);
            return value;
        }

        public override void Dispose()
        {
        }
    }
}
