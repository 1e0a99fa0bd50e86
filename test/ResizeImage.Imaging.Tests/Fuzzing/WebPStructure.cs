using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>RFC 9649, 2.3: RIFF chunks, with sizes made anew.</summary>
internal sealed class WebPStructure : FileStructure
{
    public override List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [];
        for (int at = 12; at + 8 <= file.Length;)
        {
            int length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4)), (uint)(file.Length - at - 8));
            parts.Add([.. file[at..(at + 4)], .. file[(at + 8)..(at + 8 + length)]]);
            at += 8 + length + (length & 1);
        }

        return parts;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        List<byte> chunks = [.. "WEBP"u8];
        foreach (byte[] part in parts)
        {
            byte[] type = part.Length < 4 ? [.. part, .. new byte[4 - part.Length]] : part[..4];
            byte[] data = part.Length < 4 ? [] : part[4..];
            chunks.AddRange(type);
            chunks.AddRange(LittleEndian(data.Length));
            chunks.AddRange(data);
            if ((data.Length & 1) != 0)
            {
                chunks.Add(0);
            }
        }

        return [.. "RIFF"u8, .. LittleEndian(chunks.Count), .. chunks];
    }

    private static byte[] LittleEndian(int value) => BitConverter.GetBytes(BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
}
