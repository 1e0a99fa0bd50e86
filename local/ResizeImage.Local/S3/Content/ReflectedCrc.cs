using System.Buffers.Binary;

namespace ResizeImage.Local.S3.Content;

/// <summary>
/// A cyclic redundancy check of up to 64 bits, least significant bit first, that begins and ends inverted.
/// The next 8 bytes are looked up at once ("slicing-by-8").
/// </summary>
internal sealed class ReflectedCrc
{
    /// <summary>CRC-32 of ISO 3309, as in gzip and PNG.</summary>
    public static readonly ReflectedCrc Crc32 = new(0xEDB88320, 32);

    /// <summary>CRC-32C (Castagnoli), RFC 9260 appendix A.</summary>
    public static readonly ReflectedCrc Crc32C = new(0x82F63B78, 32);

    /// <summary>CRC-64/NVME, NVM Express NVM Command Set section 5.2.1.3.4.</summary>
    public static readonly ReflectedCrc Crc64Nvme = new(0x9A6C9329AC4BC9B5, 64);

    // _tables[k][b]: byte b followed by k zero bytes.
    private readonly ulong[][] _tables = new ulong[8][];
    private readonly ulong _allBits;

    private ReflectedCrc(ulong polynomial, int bits)
    {
        _allBits = ulong.MaxValue >> (64 - bits);
        Bytes = bits / 8;
        _tables[0] = new ulong[256];
        for (uint b = 0; b < 256; b++)
        {
            ulong crc = b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
            }

            _tables[0][b] = crc;
        }

        for (int k = 1; k < 8; k++)
        {
            _tables[k] = Array.ConvertAll(_tables[k - 1], crc => (crc >> 8) ^ _tables[0][(byte)crc]);
        }
    }

    /// <summary>Length of the check value in bytes.</summary>
    public int Bytes { get; }

    /// <summary>Goes on with <paramref name="crc"/>, the value of what came before (0 for nothing).</summary>
    public ulong Append(ulong crc, ReadOnlySpan<byte> data)
    {
        crc ^= _allBits;
        var t = _tables;
        for (; data.Length >= 8; data = data[8..])
        {
            ulong x = crc ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            crc = t[7][(byte)x] ^ t[6][(byte)(x >> 8)] ^ t[5][(byte)(x >> 16)] ^ t[4][(byte)(x >> 24)]
                ^ t[3][(byte)(x >> 32)] ^ t[2][(byte)(x >> 40)] ^ t[1][(byte)(x >> 48)] ^ t[0][x >> 56];
        }

        foreach (byte b in data)
        {
            crc = (crc >> 8) ^ t[0][(byte)(crc ^ b)];
        }

        return crc ^ _allBits;
    }
}
