using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Worst;

/// <summary>
/// HEIC. The coded data is zeros: CABAC then decodes the more probable symbol of each context at a fraction of a bit, and 0 where symbols are not
/// modeled. The quantization parameter decides which symbol is more probable at first, and so between flat blocks and coefficients.
/// </summary>
internal static class HeicInputs
{
    private const int FlatQuantization = 51;
    private const int DenseQuantization = 0;

    public static IEnumerable<WorstInput> All()
    {
        foreach ((string name, int quantization) in ((string, int)[])[("flat", FlatQuantization), ("middle", 26), ("coefficients", DenseQuantization)])
        {
            yield return new("heic", $"{name}, largest blocks", side => Picture(side, new(6, 6, 5, 5, quantization)));
            yield return new("heic", $"{name}, smallest blocks", side => Picture(side, new(4, 3, 2, 4, quantization)));
            yield return new("heic", $"{name}, smallest blocks, cut off", side => Picture(side, new(4, 3, 2, 4, quantization), bytesPerPixel: 0));
            yield return new("heic", $"{name}, 16000 tiles that share their data", side => Tiles(16_000, side / 125 / 16 * 16, new(4, 3, 2, 4, quantization)));
            yield return new("heic", $"{name}, loop filters", side => Picture(side, new(4, 3, 2, 4, quantization, HasFilters: true))) { Options = new() { Width = 4000, Height = 4000 } };
        }

        yield return new("heic", "4:4:4 of 12 bits", side => Picture(side, new(4, 3, 2, 4, FlatQuantization, Chroma: 3, Bits: 12)));
        yield return new("heic", "no data", side => Tiles(1, side / 64 * 64, new(6, 6, 5, 5, FlatQuantization), data: []));
    }

    private static byte[] Picture(int side, Coding coding, double bytesPerPixel = 0.02)
    {
        int multiple = side / 64 * 64;
        return Tiles(1, multiple, coding, Slice(coding, Math.Max(64, (int)((double)multiple * multiple * bytesPerPixel))));
    }

    /// <summary>A grid whose tiles share their data.</summary>
    private static byte[] Tiles(int count, int side, Coding coding, byte[]? data = null)
    {
        data ??= Slice(coding, Math.Max(64, side * side / 50));
        int columns = Math.Min(count, 128);
        int rows = count / columns;
        bool isGrid = count > 1;
        uint[] tiles = [.. Enumerable.Range(2, rows * columns).Select(id => (uint)id)];
        byte[] grid = [0, 1, (byte)(rows - 1), (byte)(columns - 1), .. U32(columns * side), .. U32(rows * side)];
        byte[] properties = Box("ipco", Configuration(side, coding), Box("ispe", U32(0), U32(side), U32(side)), Box("ispe", U32(0), U32(columns * side), U32(rows * side)));
        List<byte> associations = [.. U32(0), .. U32((isGrid ? tiles.Length : 0) + 1)];
        List<byte> infos = [.. U32(0), .. U16((isGrid ? tiles.Length : 0) + 1)];
        List<byte> locations = [0, 0, 0, 0, 0x44, 0, .. U16((isGrid ? tiles.Length : 0) + 1)];
        byte[] ftyp = Box("ftyp", "heic"u8.ToArray(), U32(0), "mif1heic"u8.ToArray());
        int start = ftyp.Length + 8;
        Add(1, isGrid ? "grid" : "hvc1", isGrid ? [3] : [0x81, 2], start, isGrid ? grid.Length : data.Length);
        foreach (uint tile in isGrid ? tiles : [])
        {
            Add((int)tile, "hvc1", [0x81, 2], start + grid.Length, data.Length);
        }

        byte[] meta = Box(
            "meta",
            U32(0),
            Box("hdlr", U32(0), U32(0), "pict"u8.ToArray(), new byte[13]),
            Box("pitm", U32(0), U16(1)),
            Box("iloc", [.. locations]),
            Box("iinf", [.. infos]),
            isGrid ? Box("iref", U32(0), Box("dimg", U16(1), U16(tiles.Length), [.. tiles.SelectMany(tile => U16((int)tile))])) : [],
            Box("iprp", properties, Box("ipma", [.. associations])));
        return [.. ftyp, .. Box("mdat", isGrid ? grid : [], data), .. meta];

        void Add(int id, string type, byte[] propertyIndexes, int offset, int length)
        {
            infos.AddRange(Box("infe", [2, 0, 0, 0], U16(id), U16(0), Encoding.ASCII.GetBytes(type), [0]));
            locations.AddRange([.. U16(id), .. U16(0), .. U16(1), .. U32(offset), .. U32(length)]);
            associations.AddRange([.. U16(id), (byte)propertyIndexes.Length, .. propertyIndexes]);
        }
    }

    /// <summary>The property "hvcC": parameter sets of H.265 7.3.2.</summary>
    private static byte[] Configuration(int side, Coding coding)
    {
        byte[] header = new byte[23];
        (header[0], header[21], header[22]) = (1, 3, 2);
        byte[] sequence = SequenceParameters(side, coding);
        byte[] picture = PictureParameters(coding);
        return Box("hvcC", header, [33], U16(1), U16(sequence.Length), sequence, [34], U16(1), U16(picture.Length), picture);
    }

    private static byte[] SequenceParameters(int side, Coding coding)
    {
        BitWriter bits = new(highestFirst: true);
        bits.Write(0x420101, 24); // the NAL unit's header, then ids and layers
        bits.Write(coding.Chroma == 1 ? 3u : 4u, 8); // profile
        foreach (int zeros in (int[])[32, 32, 16, 8])
        {
            bits.Write(0, zeros);
        }

        Golomb(bits, 0, coding.Chroma);
        if (coding.Chroma == 3)
        {
            bits.Write(0, 1);
        }

        Golomb(bits, side, side);
        bits.Write(0, 1);
        Golomb(bits, coding.Bits - 8, coding.Bits - 8, 4);
        bits.Write(1, 1);
        Golomb(bits, 0, 0, 0, coding.MinBlock - 3, coding.TreeBlock - coding.MinBlock, coding.MinTransform - 2, coding.MaxTransform - coding.MinTransform, 0, 4);
        bits.Write(0, 2);
        bits.Write(coding.HasFilters ? 1u : 0, 1);
        bits.Write(0, 1);
        Golomb(bits, 0);
        bits.Write(0b001001, 6); // strong filter; no VUI, no extension; the stop bit
        return Escape(bits.ToArray());
    }

    private static byte[] PictureParameters(Coding coding)
    {
        BitWriter bits = new(highestFirst: true);
        bits.Write(0x4401, 16);
        Golomb(bits, 0, 0);
        bits.Write(0, 7);
        Golomb(bits, 0, 0);
        int quantization = coding.Quantization - 26;
        Golomb(bits, quantization > 0 ? (2 * quantization) - 1 : -2 * quantization);
        bits.Write(0, 3);
        Golomb(bits, 0, 0);
        bits.Write(0, 7);
        bits.Write(1, 1); // deblocking is controlled here
        bits.Write(0, 1);
        bits.Write(coding.HasFilters ? 0 : 1u, 1);
        if (coding.HasFilters)
        {
            Golomb(bits, 0, 0);
        }

        bits.Write(0, 2);
        Golomb(bits, 0);
        bits.Write(0b001, 3);
        return Escape(bits.ToArray());
    }

    /// <summary>A NAL unit with its length before it.</summary>
    private static byte[] Slice(Coding coding, int zeros)
    {
        BitWriter bits = new(highestFirst: true);
        bits.Write(0x2801, 16);
        bits.Write(0b10, 2);
        Golomb(bits, 0, 2);
        bits.Write(coding.HasFilters ? 0b11u : 0, coding.HasFilters ? 2 : 0);
        Golomb(bits, 0);
        bits.Write(1, 1);
        byte[] unit = Escape([.. bits.ToArray(), .. new byte[zeros], 0x80]);
        return [.. U32(unit.Length), .. unit];
    }

    private static void Golomb(BitWriter bits, params int[] values)
    {
        foreach (int value in values)
        {
            int length = System.Numerics.BitOperations.Log2((uint)value + 1);
            bits.Write(0, length);
            bits.Write((uint)value + 1, length + 1);
        }
    }

    /// <summary>Adds emulation prevention bytes (H.265 7.4.2).</summary>
    private static byte[] Escape(byte[] unit)
    {
        List<byte> escaped = new(unit.Length * 3 / 2);
        int zeros = 0;
        foreach (byte b in unit)
        {
            if (zeros == 2 && b <= 3)
            {
                escaped.Add(3);
                zeros = 0;
            }

            escaped.Add(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }

        return [.. escaped];
    }

    private static byte[] Box(string type, params byte[][] content)
    {
        byte[] payload = [.. content.SelectMany(part => part)];
        return [.. U32(8 + payload.Length), .. Encoding.ASCII.GetBytes(type), .. payload];
    }

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] U32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>The coding tools. Sizes of blocks are binary logarithms.</summary>
    private sealed record Coding(
        int TreeBlock, int MinBlock, int MinTransform, int MaxTransform, int Quantization, bool HasFilters = false, int Chroma = 1, int Bits = 8);
}
