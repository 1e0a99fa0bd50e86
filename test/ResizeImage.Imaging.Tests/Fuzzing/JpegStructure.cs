using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>T.81 B.1.1: marker segments, with the length made anew; entropy-coded data is a part of its own.</summary>
internal sealed class JpegStructure : FileStructure
{
    public override List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [];
        int at = 2;
        while (at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != 0xD9)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            int end = Math.Min(file.Length, at + 2 + length);
            parts.Add([file[at], file[at + 1], .. file[Math.Min(end, at + 4)..end]]);
            bool isScan = file[at + 1] == 0xDA;
            at = end;
            if (isScan)
            {
                while (end + 1 < file.Length && (file[end] != 0xFF || file[end + 1] is 0 or (>= 0xD0 and <= 0xD7)))
                {
                    end++;
                }

                parts.Add([0, .. file[at..end]]);
                at = end;
            }
        }

        return parts;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        List<byte> file = [0xFF, 0xD8];
        foreach (byte[] part in parts)
        {
            if (part is not [0xFF, _, ..])
            {
                file.AddRange(part.Skip(1));
                continue;
            }

            file.AddRange(part[..2]);
            file.Add((byte)(part.Length >> 8));
            file.Add((byte)part.Length);
            file.AddRange(part[2..]);
        }

        return [.. file, 0xFF, 0xD9];
    }
}
