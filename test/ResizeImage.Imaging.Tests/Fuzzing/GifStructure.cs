namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>GIF 89a: header and screen, palettes, extensions, frames; the data of sub-blocks joined, and cut anew.</summary>
internal sealed class GifStructure : FileStructure
{
    private const byte Extension = 0x21;
    private const byte ImageDescriptor = 0x2C;

    public override List<byte[]> Split(byte[] file)
    {
        List<byte[]> parts = [];
        int at = Math.Min(file.Length, 13);
        parts.Add(file[..at]);
        if (at == 13 && file[10] >= 0x80)
        {
            at = Take(parts, file, at, 3 << ((file[10] & 7) + 1));
        }

        while (at < file.Length && file[at] is Extension or ImageDescriptor)
        {
            if (file[at] == Extension)
            {
                int end = Math.Min(file.Length, at + 2);
                parts.Add([.. file[at..end], .. SubBlocks(file, ref end)]);
                at = end;
                continue;
            }

            byte flags = at + 9 < file.Length ? file[at + 9] : (byte)0;
            at = Take(parts, file, at, 10);
            at = flags >= 0x80 ? Take(parts, file, at, 3 << ((flags & 7) + 1)) : at;
            if (at < file.Length)
            {
                int end = at + 1;
                parts.Add([(byte)'L', file[at], .. SubBlocks(file, ref end)]);
                at = end;
            }
        }

        return parts;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        List<byte> file = [];
        foreach (byte[] part in parts)
        {
            switch (part)
            {
                case [Extension, ..]:
                    file.AddRange(part.Take(2));
                    AddSubBlocks(file, part.Skip(2));
                    break;
                case [(byte)'L', ..]:
                    file.AddRange(part.Skip(1).Take(1));
                    AddSubBlocks(file, part.Skip(2));
                    break;
                default:
                    file.AddRange(part);
                    break;
            }
        }

        return [.. file, 0x3B];
    }

    private static int Take(List<byte[]> parts, byte[] file, int at, int length)
    {
        int end = Math.Min(file.Length, at + length);
        parts.Add(file[at..end]);
        return end;
    }

    private static List<byte> SubBlocks(byte[] file, ref int at)
    {
        List<byte> data = [];
        while (at < file.Length && file[at] != 0)
        {
            int end = Math.Min(file.Length, at + 1 + file[at]);
            data.AddRange(file[(at + 1)..end]);
            at = end;
        }

        at = Math.Min(file.Length, at + 1);
        return data;
    }

    private static void AddSubBlocks(List<byte> file, IEnumerable<byte> data)
    {
        foreach (byte[] block in data.Chunk(255))
        {
            file.Add((byte)block.Length);
            file.AddRange(block);
        }

        file.Add(0);
    }
}
