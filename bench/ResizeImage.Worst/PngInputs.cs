using System.IO.Compression;
using System.Text;
using ResizeImage.Imaging;

namespace ResizeImage.Worst;

/// <summary>PNG.</summary>
internal static class PngInputs
{
    private const int Repeated = 9_000_000;

    private static readonly uint[] CrcTable = MakeCrcTable();

    private static readonly (string Name, int Depth, int Color, int Samples)[] Kinds =
    [
        ("gray 1", 1, 0, 1), ("gray 8", 8, 0, 1), ("gray 16", 16, 0, 1), ("palette 1", 1, 3, 1), ("palette 8", 8, 3, 1), ("RGB 8", 8, 2, 3),
        ("RGB 16", 16, 2, 3), ("gray alpha 8", 8, 4, 2), ("gray alpha 16", 16, 4, 2), ("RGBA 8", 8, 6, 4), ("RGBA 16", 16, 6, 4),
    ];

    public static IEnumerable<WorstInput> All()
    {
        yield return Blocks("empty fixed blocks", HostileZlib.FixedBlock);
        yield return Blocks("empty stored blocks", _ => { });
        yield return Blocks("small dynamic blocks", HostileZlib.SmallDynamicBlock);
        yield return Blocks("deep dynamic blocks", HostileZlib.DeepDynamicBlock);
        yield return new("png", "empty chunks before the pixels", side => Pixel([.. Chunk("gAMA", [0, 0, 0xB1, 0x8F]), .. Repeat(Chunk("cHRM", []), Repeated)]));
        yield return new("png", "repeated transparency", side => Pixel(Repeat(Chunk("tRNS", []), Repeated)));
        yield return new("png", "empty IDAT", side => Pixel(Repeat(Chunk("IDAT", []), Repeated)));
        yield return new("png", "chunks after the pixels", side => Pixel([], Repeat(Chunk("tEXt", []), Repeated)));
        yield return new("png", "profile of empty blocks", side => Pixel(Chunk("iCCP", [.. "x\0\0"u8, .. HostileZlib.Empty(4_000_000, HostileZlib.DeepDynamicBlock, [0])])));
        foreach ((string name, int depth, int color, int samples) in Kinds)
        {
            foreach (byte filter in (byte[])[0, 2, 3, 4])
            {
                yield return new("png", $"{name}, filter {filter}", side => Zeros(side, side, depth, color, samples, filter, interlaced: false));
            }

            yield return new("png", $"{name}, interlaced", side => Zeros(side, side, depth, color, samples, 4, interlaced: true));
        }

        foreach ((string name, int depth, int color, int samples) in Kinds)
        {
            if (color is 0 or 2)
            {
                yield return new("png", $"{name}, a transparent color", side => Zeros(side, side, depth, color, samples, 4, interlaced: false, Chunk("tRNS", new byte[2 * samples])));
            }
        }

        yield return new("png", "RGBA of few values, as it is", side => FewValues(200));
        yield return new("png", "RGBA of few values to 1024 × 1024", side => FewValues(1024)) { Options = new() { Width = 1024, Height = 1024 } };
        yield return new("png", "truncated after the first rows", side => Zeros(side, side, 8, 2, 3, 0, interlaced: false)[..1_000]);
        foreach (bool alpha in (bool[])[false, true])
        {
            yield return new("png", alpha ? "RGBA 8, profile of tables" : "RGB 8, profile of tables", side => Noise(side, side, alpha));
        }

        yield return new("png", "RGB 8, noise of 248 MB", _ => File(8830, 8830, 8, 2, false, [], HostileZlib.Noise(4, 3 * 8830, 8830), []));
        foreach (ThumbnailFit fit in Enum.GetValues<ThumbnailFit>())
        {
            ThumbnailOptions options = new() { Fit = fit };
            yield return new("png", $"one row, {fit}", side => Zeros(22_000_000, 1, 1, 0, 1, 0, interlaced: false)) { Options = options };
            yield return new("png", $"all rows of one bit, {fit}", side => Zeros(1, side * side, 1, 0, 1, 0, interlaced: false)) { Options = options };
            yield return new("png", $"one column, {fit}", side => Zeros(1, 22_000_000, 8, 2, 3, 0, interlaced: false)) { Options = options };
        }

        ThumbnailOptions large = new() { Width = 4096, Height = 4096 };
        yield return new("png", "RGBA 8 to 4096 × 4096", side => Zeros(side, side, 8, 6, 4, 4, interlaced: false)) { Options = large };
        yield return new("png", "RGB 8, profile of tables, to 4096 × 4096", side => Noise(side, side, alpha: false)) { Options = large };
    }

    private static WorstInput Blocks(string name, Action<BitWriter> block) =>
        new("png", name, side => name.Contains("stored", StringComparison.Ordinal)
            ? Pixel([], [], StoredBlocks())
            : Pixel([], [], HostileZlib.Empty(Repeated, block, [0, 128])));

    private static byte[] StoredBlocks() =>
        [0x78, 0x01, .. Repeat([0, 0, 0, 0xFF, 0xFF], Repeated), .. HostileZlib.Empty(0, _ => { }, [0, 128])[2..]];

    /// <summary>One gray pixel.</summary>
    private static byte[] Pixel(byte[] before, byte[]? behind = null, byte[]? data = null) =>
        File(1, 1, 8, 0, false, before, data ?? HostileZlib.Empty(0, _ => { }, [0, 128]), behind ?? []);

    private static byte[] Zeros(int width, int height, int depth, int color, int samples, byte filter, bool interlaced, byte[]? before = null)
    {
        long row = (((long)width * samples * depth) + 7) / 8;

        // The passes of an interlaced image have about as many bytes, in about twice as many rows of about half the length.
        byte[] data = interlaced
            ? HostileZlib.ZeroRows(0, ((long)width * height * samples * depth / 8) + (4L * height), 1)
            : HostileZlib.ZeroRows(filter, row, height);
        return File(width, height, depth, color, interlaced, before ?? (color == 3 ? Chunk("PLTE", [10, 20, 30, 200, 100, 0]) : []), data, []);
    }

    /// <summary>
    /// More than 256 colors of bytes that often repeat. The thumbnail is the same image, and its compression takes the longest time.
    /// </summary>
    private static byte[] FewValues(int side)
    {
        Random random = new(4);
        byte[] rows = new byte[side * ((4 * side) + 1)];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i % ((4 * side) + 1) == 0 ? (byte)0 : (byte)random.Next(100, 105);
        }

        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal))
        {
            zlib.Write(rows);
        }

        return File(side, side, 8, 6, false, [], packed.ToArray(), []);
    }

    private static byte[] Noise(int width, int height, bool alpha)
    {
        int samples = alpha ? 4 : 3;
        while (!Enumerable.Range(4096, 28672).Any(period => ((width * samples) + 1) % period == 0))
        {
            width--;
        }

        return File(width, height, 8, alpha ? 6 : 2, false, Profile(), HostileZlib.NoiseRows(0, width * samples, height), []);
    }

    private static byte[] Profile()
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal))
        {
            zlib.Write(IccInputs.Tables(3));
        }

        return Chunk("iCCP", [.. "x\0\0"u8, .. packed.ToArray()]);
    }

    private static byte[] File(int width, int height, int depth, int color, bool interlaced, byte[] before, byte[] data, byte[] behind)
    {
        byte[] header =
        [
            .. HostileZlib.BigEndian((uint)width), .. HostileZlib.BigEndian((uint)height), (byte)depth, (byte)color, 0, 0, (byte)(interlaced ? 1 : 0),
        ];
        return [137, 80, 78, 71, 13, 10, 26, 10, .. Chunk("IHDR", header), .. before, .. Chunk("IDAT", data), .. behind, .. Chunk("IEND", [])];
    }

    private static byte[] Repeat(byte[] unit, int bytes)
    {
        byte[] all = new byte[bytes / unit.Length * unit.Length];
        for (int at = 0; at < all.Length; at += unit.Length)
        {
            unit.CopyTo(all, at);
        }

        return all;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        uint crc = uint.MaxValue;
        foreach (byte b in body)
        {
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return [.. HostileZlib.BigEndian((uint)data.Length), .. body, .. HostileZlib.BigEndian(~crc)];
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }

            table[i] = crc;
        }

        return table;
    }
}
