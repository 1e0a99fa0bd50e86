using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>ICC.1:2022, 7: the header, and each tag with its signature; the tag table is made anew.</summary>
internal sealed class IccStructure : FileStructure
{
    private const int Header = 128;
    private const int TableEntry = 12;

    public override List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [file[..Math.Min(Header, file.Length)]];
        for (int at = Header + 4; at + TableEntry <= file.Length && parts.Count <= BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(Header)); at += TableEntry)
        {
            uint offset = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 4));
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8));
            parts.Add([.. file[at..(at + 4)], .. offset + (long)length <= file.Length ? file.AsSpan((int)offset, (int)length) : []]);
        }

        return parts;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        if (parts.Count == 0)
        {
            return [];
        }

        byte[][] tags = [.. parts.Skip(1).Where(part => part.Length >= 4)];
        List<byte> table = [.. BigEndian(tags.Length)];
        List<byte> data = [];
        foreach (byte[] tag in tags)
        {
            table.AddRange(tag[..4]);
            table.AddRange(BigEndian(Header + 4 + (TableEntry * tags.Length) + data.Count));
            table.AddRange(BigEndian(tag.Length - 4));
            data.AddRange(tag[4..]);
            data.AddRange(new byte[-tag.Length & 3]);
        }

        byte[] file = [.. parts[0], .. table, .. data];
        BinaryPrimitives.WriteInt32BigEndian(file, file.Length);
        return file;
    }

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
