using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>ISO/IEC 14496-12: boxes, with sizes made again; those of "meta" and "iprp" one by one.</summary>
internal sealed class HeifStructure : FileStructure
{
    // A part begins with its depth: 0 at the top, 1 in "meta", 2 in "iprp", 3 in "ipco".
    private static readonly (string Type, int Header)[] Containers = [("meta", 4), ("iprp", 0), ("ipco", 0)];

    public override List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [];
        Split(file, 0, parts);
        return parts;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        int at = 0;
        return Join(parts, ref at, 0);
    }

    private static void Split(ReadOnlySpan<byte> bytes, int depth, List<byte[]> parts)
    {
        while (bytes.Length >= 8)
        {
            int size = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(bytes), 8, (uint)bytes.Length);
            int header = depth < Containers.Length && bytes[4..8].SequenceEqual(System.Text.Encoding.ASCII.GetBytes(Containers[depth].Type)) ? Containers[depth].Header : -1;
            if (header >= 0 && size >= 8 + header)
            {
                parts.Add([(byte)depth, .. bytes[4..(8 + header)]]);
                Split(bytes[(8 + header)..size], depth + 1, parts);
            }
            else
            {
                parts.Add([(byte)depth, .. bytes[4..size]]);
            }

            bytes = bytes[size..];
        }
    }

    private static byte[] Join(IReadOnlyList<byte[]> parts, ref int at, int depth)
    {
        List<byte> joined = [];
        while (at < parts.Count && DepthOf(parts[at]) >= depth)
        {
            byte[] part = parts[at++];
            byte[] children = at < parts.Count && DepthOf(parts[at]) > depth ? Join(parts, ref at, depth + 1) : [];
            byte[] content = part.Length > 1 ? part[1..] : [];
            byte[] size = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(size, 4 + content.Length + children.Length);
            joined.AddRange([.. size, .. content, .. children]);
        }

        return [.. joined];
    }

    private static int DepthOf(byte[] part) => part.Length == 0 ? 0 : part[0] & 3;
}
