using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>Changes bytes as damage and attackers do, without knowing what they mean.</summary>
internal static class ByteMutator
{
    /// <summary>At the edges of what fields can hold, and just beyond.</summary>
    private static readonly uint[] Interesting =
    [
        0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 17, 31, 32, 63, 64, 100, 127, 128, 129, 254, 255, 256, 257, 511, 512, 1000, 1023, 1024, 4095, 4096, 16383,
        16384, 32767, 32768, 65534, 65535, 65536, 0xFFFFFF, 0x1000000, 0x3FFFFFFF, 0x40000000, int.MaxValue, 0x80000000, uint.MaxValue - 1, uint.MaxValue,
    ];

    /// <summary>One to four changes.</summary>
    public static byte[] Mutate(byte[] data, Random random)
    {
        for (int changes = 1 + random.Next(random.Next(1, 5)); changes > 0; changes--)
        {
            data = Change(data, random);
        }

        return data;
    }

    private static byte[] Change(byte[] data, Random random)
    {
        if (data.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        int at = random.Next(data.Length);
        int length = random.Next(Math.Min(32, data.Length - at) + 1);
        switch (random.Next(9))
        {
            case 0:
                return [.. data[..at], .. data[(at + length)..]];
            case 1:
                return [.. data[..(at + length)], .. data[at..]];
            case 2:
                byte[] inserted = new byte[1 + random.Next(8)];
                random.NextBytes(inserted);
                return [.. data[..at], .. inserted, .. data[at..]];
            case 3:
                return data[..at];
        }

        byte[] changed = [.. data];
        uint value = Interesting[random.Next(Interesting.Length)];
        switch (random.Next(6))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                changed[at] = (byte)random.Next(256);
                break;
            case 2:
                changed[at] += (byte)random.Next(-3, 4);
                break;
            case 3 when at <= data.Length - 2:
                BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at), Swap((ushort)value, random));
                break;
            case 4 when at <= data.Length - 4:
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), random.Next(2) == 0 ? value : BinaryPrimitives.ReverseEndianness(value));
                break;
            default:
                changed.AsSpan(at, length).Fill((byte)value);
                break;
        }

        return changed;
    }

    private static ushort Swap(ushort value, Random random) => random.Next(2) == 0 ? value : BinaryPrimitives.ReverseEndianness(value);
}
