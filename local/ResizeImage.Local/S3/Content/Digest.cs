using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ResizeImage.Local.S3.Content;

/// <summary>A digest over data that arrives in pieces.</summary>
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
        "crc32" => new Crc(ReflectedCrc.Crc32),
        "crc32c" => new Crc(ReflectedCrc.Crc32C),
        "crc64nvme" => new Crc(ReflectedCrc.Crc64Nvme),
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

    private sealed class Crc(ReflectedCrc crc) : Digest
    {
        private ulong _value;

        public override void Append(ReadOnlySpan<byte> data) => _value = crc.Append(_value, data);

        public override byte[] Finish()
        {
            byte[] bytes = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _value);
            return bytes[^crc.Bytes..];
        }

        public override void Dispose()
        {
        }
    }
}
