using System.Buffers.Binary;
using System.IO.Compression;

namespace ResizeImage.Worst;

/// <summary>TIFF. All strips or tiles of an image can be the same bytes of the file, so that a pixel costs a few bits of offsets or nothing.</summary>
internal static class TiffInputs
{
    private const int Rgb = 2;

    public static IEnumerable<WorstInput> All()
    {
        yield return new("tiff", "not compressed, 4 samples, strips shared", side => Strips(side, 64, 1, Rgb, 4, 8, new byte[side * 64 * 4]));
        yield return new("tiff", "16 bits, strips shared", side => Strips(side, 64, 1, Rgb, 3, 16, new byte[side * 64 * 6]));
        yield return new("tiff", "L*a*b*, strips shared", side => Strips(side, 64, 1, 8, 3, 8, Noise(side * 64 * 3)));
        yield return new("tiff", "CMYK, strips shared", side => Strips(side, 64, 1, 5, 4, 8, Noise(side * 64 * 4)));
        yield return new("tiff", "Deflate, 60 samples a pixel", side => Strips(side / 4, 16, 8, Rgb, 60, 8, Deflate(side / 4 * 16 * 60)));
        yield return new("tiff", "Deflate with predictor, strips shared", side => Strips(side, 64, 8, Rgb, 3, 8, Deflate(side * 64 * 3), predictor: 2));
        yield return new("tiff", "LZW, strips shared", side => Strips(side, 64, 5, Rgb, 3, 8, Lzw(side * 64 * 3)));
        yield return new("tiff", "PackBits, strips shared", side => Strips(side, 64, 32773, Rgb, 3, 8, Repeat([0x81, 0], (side * 3 / 128) + 1, 64)));
        yield return new("tiff", "fax group 4, white", side => Strips(side, side, 4, 0, 1, 1, Filled(0xFF, (side / 8) + 8)));
        yield return new("tiff", "fax group 3, one strip a row", side => Strips(side, 1, 3, 0, 1, 1, Noise(4096)));
        yield return new("tiff", "tiles of 16 × 16, shared", side => Tiles(side, 16, 1, Noise(16 * 16 * 3)));
        yield return new("tiff", "Deflate, tiles of 16 × 16, shared", side => Tiles(side, 16, 8, Deflate(16 * 16 * 3)));
        yield return new("tiff", "Deflate, one tile larger than the image", side => Tiles(side, 16384, 8, Deflate(1 << 20)));
    }

    private static byte[] Strips(int side, int rows, int compression, int photometric, int samples, int bits, byte[] data, int predictor = 1)
    {
        int count = (side + rows - 1) / rows;
        return File(side, data, count, compression, photometric, samples, bits, (273, 279), (278, rows), (317, predictor));
    }

    private static byte[] Tiles(int side, int size, int compression, byte[] data)
    {
        int across = (side + size - 1) / size;
        return File(side, data, across * across, compression, Rgb, 3, 8, (324, 325), (322, size), (323, size));
    }

    private static byte[] File(
        int side, byte[] data, int segments, int compression, int photometric, int samples, int bits, (int Offsets, int Counts) tags, params (int Tag, int Value)[] others)
    {
        int dataStart = 8;
        int offsets = dataStart + data.Length + (data.Length & 1);
        int counts = offsets + (4 * segments);
        int bitsStart = counts + (4 * segments);
        int directory = bitsStart + (2 * samples) + (2 * (samples & 1));
        byte[] file = new byte[directory + 2 + (12 * 16) + 4];
        "II*\0"u8.CopyTo(file);
        Write32(file, 4, directory);
        data.CopyTo(file, dataStart);
        for (int i = 0; i < segments; i++)
        {
            Write32(file, offsets + (4 * i), dataStart);
            Write32(file, counts + (4 * i), data.Length);
        }

        for (int i = 0; i < samples; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(bitsStart + (2 * i)), (ushort)bits);
        }

        (int Tag, int Count, int Value)[] entries =
        [
            (256, 1, side), (257, 1, side), (258, samples, samples > 2 ? bitsStart : bits), (259, 1, compression), (262, 1, photometric), (277, 1, samples),
            (tags.Offsets, segments, segments == 1 ? dataStart : offsets), (tags.Counts, segments, segments == 1 ? data.Length : counts),
            .. others.Select(other => (other.Tag, 1, other.Value)),
        ];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(directory), (ushort)entries.Length);
        int at = directory + 2;
        foreach ((int tag, int count, int value) in entries.OrderBy(entry => entry.Tag))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)tag);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 2), (ushort)(tag == 258 ? 3 : 4));
            Write32(file, at + 4, count);
            Write32(file, at + 8, value);
            at += 12;
        }

        return file;
    }

    private static void Write32(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);

    private static byte[] Filled(byte value, int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Repeat(byte[] run, int runs, int rows) => [.. Enumerable.Repeat(run, runs * rows).SelectMany(b => b)];

    private static byte[] Deflate(int zeros)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize))
        {
            zlib.Write(new byte[zeros]);
        }

        return packed.ToArray();
    }

    /// <summary>Runs of zeros that grow by one with each code, as an encoder makes them, with a clear code when the table is full.</summary>
    private static byte[] Lzw(int zeros)
    {
        BitWriter bits = new(highestFirst: true);
        while (zeros > 0)
        {
            int width = 9;
            bits.Write(256, width);
            bits.Write(0, width);
            zeros--;
            for (int code = 258; code < 4094 && zeros > 0; code++)
            {
                width = code >= 2047 ? 12 : code >= 1023 ? 11 : code >= 511 ? 10 : 9;
                bits.Write((uint)code, width);
                zeros -= code - 256;
            }

            if (zeros > 0 && width < 12)
            {
                break;
            }
        }

        return bits.ToArray();
    }
}
