using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Formats.Png;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>PNG 5.3: chunks, with length and CRC made anew.</summary>
/// <param name="inflated">Of IDAT, the scanlines are what changes, else the zlib stream.</param>
internal sealed class PngStructure(bool inflated) : FileStructure
{
    private static readonly byte[] Idat = "IDAT"u8.ToArray();

    public override List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [];
        List<byte> data = [];
        int at = PngDecoder.Signature.Length;
        while (at + 12 <= file.Length)
        {
            int length = Math.Min((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at))), file.Length - at - 12);
            byte[] chunk = file[(at + 4)..(at + 8 + length)];
            if (inflated && chunk.AsSpan().StartsWith(Idat))
            {
                data.AddRange(chunk[4..]);
            }
            else
            {
                if (data.Count > 0)
                {
                    parts.Add([.. Idat, .. Inflate([.. data])]);
                    data.Clear();
                }

                parts.Add(chunk);
            }

            at += 12 + length;
        }

        return parts;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        using MemoryStream file = new();
        file.Write(PngDecoder.Signature);
        foreach (byte[] part in parts)
        {
            byte[] type = part.Length < 4 ? [.. part, .. new byte[4 - part.Length]] : part[..4];
            byte[] data = part.Length < 4 ? [] : part[4..];
            PngChunk.Write(file, BinaryPrimitives.ReadUInt32BigEndian(type), inflated && type.SequenceEqual(Idat) ? Deflate(data) : data);
        }

        return file.ToArray();
    }

    private static byte[] Inflate(byte[] zlib)
    {
        const int Most = 65000; // one stored block
        using Inflater inflater = new(new MemoryStream(zlib), Most, Most, new WorkMeter());
        return inflater.Take(Most).ToArray();
    }

    /// <summary>One stored block (RFC 1951, 3.2.4): compressing would take most of the time.</summary>
    private static byte[] Deflate(byte[] data)
    {
        byte[] zlib = new byte[7 + data.Length + 4];
        (zlib[0], zlib[1], zlib[2]) = (0x78, 0x01, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(zlib.AsSpan(3), (ushort)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(zlib.AsSpan(5), (ushort)~data.Length);
        data.CopyTo(zlib, 7);
        BinaryPrimitives.WriteUInt32BigEndian(zlib.AsSpan(7 + data.Length), Adler32.Of(data));
        return zlib;
    }
}
