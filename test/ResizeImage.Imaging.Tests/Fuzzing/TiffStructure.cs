using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>Header, what comes before the first directory, each of its entries, and what follows.</summary>
internal sealed class TiffStructure : FileStructure
{
    private const int Header = 8;
    private const int Entry = 12;

    public override List<byte[]> Split(byte[] file)
    {
        if (file.Length < Header)
        {
            return [file];
        }

        bool isLittleEndian = file[0] == 'I';
        uint offset = isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4));
        int start = (int)Math.Clamp(offset + 2L, Header, file.Length);
        List<byte[]> parts = [file[..Header], file[Header..start]];
        int count = start + Entry <= file.Length ? Math.Min(file[start - (isLittleEndian ? 2 : 1)], (file.Length - start) / Entry) : 0;
        for (int i = 0; i < count; i++, start += Entry)
        {
            parts.Add(file[start..(start + Entry)]);
        }

        return [.. parts, file[start..]];
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts) => [.. parts.SelectMany(part => part)];
}
