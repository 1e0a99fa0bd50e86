using System.Buffers.Binary;

namespace ResizeImage.Worst;

/// <summary>TGA. A file must have half of the bytes that its pixels need at least, so that a byte stands for at most 128 pixels.</summary>
internal static class TgaInputs
{
    private const int ColorRuns = 10;
    private const int MapRuns = 9;
    private const int GrayRuns = 11;

    public static IEnumerable<WorstInput> All()
    {
        yield return new("tga", "gray, runs of 128", side => File(side, GrayRuns, 8, 0, [0xFF, 7], Packets(side)));
        yield return new("tga", "gray and alpha, runs of 128", side => File(side, GrayRuns, 16, 8, [0xFF, 7, 9], Packets(side)));
        yield return new("tga", "15 bits, runs of 128", side => File(side, ColorRuns, 15, 0, [0xFF, 7, 9], Packets(side)));
        yield return new("tga", "32 bits, alpha, runs of 128", side => File(side, ColorRuns, 32, 8, [0xFF, 7, 9, 7, 7], Packets(side)));
        yield return new("tga", "32 bits, alpha 0, runs of 128", side => File(side, ColorRuns, 32, 8, [0xFF, 7, 9, 7, 0], Packets(side)));
        yield return new("tga", "color map, runs of 128", side => File(side, MapRuns, 8, 0, [0xFF, 7], Packets(side), map: 256));
        yield return new("tga", "gray, runs of 128, right to left", side => File(side, GrayRuns, 8, 0x10, [0xFF, 7], Packets(side)));
        yield return new("tga", "gray, cut off in the middle", side => File(side, GrayRuns, 8, 0, [0xFF, 7], (Packets(side) / 2) + 1));
        yield return new("tga", "gray, packets of one pixel", _ => File(5000, GrayRuns, 8, 0, [0, 7], 5000 * 5000));
    }

    private static int Packets(int side) => (int)((((long)side * side) + 127) / 128);

    private static byte[] File(int side, int type, int bits, int descriptor, byte[] packet, int packets, int map = 0)
    {
        byte[] file = new byte[18 + (map * 3) + (packet.Length * packets)];
        file[1] = (byte)(map > 0 ? 1 : 0);
        file[2] = (byte)type;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(5), (ushort)map);
        file[7] = (byte)(map > 0 ? 24 : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(12), (ushort)side);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), (ushort)side);
        (file[16], file[17]) = ((byte)bits, (byte)descriptor);
        for (int at = 18 + (map * 3); at < file.Length; at += packet.Length)
        {
            packet.CopyTo(file, at);
        }

        return file;
    }
}
