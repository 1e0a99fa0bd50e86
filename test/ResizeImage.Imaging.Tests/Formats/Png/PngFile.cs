using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResizeImage.Imaging.Formats.Png;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Makes PNG files by hand, right or wrong, with nothing of the code under test but the names of color types.</summary>
internal static class PngFile
{
    public static readonly byte[] Signature = [137, 80, 78, 71, 13, 10, 26, 10];

    public static readonly byte[] End = Chunk("IEND", []);

    /// <summary>Signature and chunks.</summary>
    public static byte[] Of(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Big((uint)data.Length), .. body, .. Big(SlowCrc(body))];
    }

    public static byte[] Header(int width, int height, int depth, PngColorType color, bool interlaced = false) =>
        Chunk("IHDR", [.. Big((uint)width), .. Big((uint)height), (byte)depth, (byte)color, 0, 0, (byte)(interlaced ? 1 : 0)]);

    /// <summary>One IDAT chunk with scanlines, each after its filter type.</summary>
    public static byte[] Data(byte[] scanlines) => Chunk("IDAT", Deflate(scanlines));

    /// <summary>Makes the CRC of every chunk right, as far as there are chunks, so that damage gets past it.</summary>
    public static void RepairChecksums(byte[] file)
    {
        int offset = Signature.Length;
        while (offset + 12 <= file.Length && BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(offset)) is uint length && length <= file.Length - offset - 12)
        {
            int end = offset + 8 + (int)length;
            Big(SlowCrc(file[(offset + 4)..end])).CopyTo(file, end);
            offset = end + 4;
        }
    }

    public static byte[] Deflate(byte[] data)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal))
        {
            zlib.Write(data);
        }

        return compressed.ToArray();
    }

    public static byte[] Big(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>A valid picture with random pixels and filters.</summary>
    /// <param name="random">Decides all of it.</param>
    /// <param name="header">What it shall be.</param>
    /// <param name="transparency">With a chunk tRNS.</param>
    public static byte[] Random(Random random, PngHeader header, bool transparency)
    {
        List<byte[]> chunks = [Header(header.Width, header.Height, header.BitDepth, header.ColorType, header.Interlaced)];
        int entries = 0;
        if (header.ColorType == PngColorType.Indexed)
        {
            // Sometimes fewer than the depth allows, so that there are indices beyond the palette.
            entries = random.Next(1, (1 << header.BitDepth) + 1);
            chunks.Add(Chunk("PLTE", Bytes(random, 3 * entries)));
        }

        if (transparency)
        {
            chunks.Add(Chunk("tRNS", header.ColorType switch
            {
                PngColorType.Indexed => Bytes(random, random.Next(1, entries + 1)),
                PngColorType.Grayscale => Bytes(random, 2),
                _ => Bytes(random, 6),
            }));
        }

        chunks.Add(Data(RandomScanlines(random, header)));
        chunks.Add(End);
        return Of([.. chunks]);
    }

    private static byte[] RandomScanlines(Random random, PngHeader header)
    {
        // PNG 8.1: where each pass starts, and its steps.
        (int X, int Y, int StepX, int StepY)[] passes = header.Interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        int bits = header.BitDepth * (header.ColorType switch
        {
            PngColorType.Truecolor => 3,
            PngColorType.GrayscaleAlpha => 2,
            PngColorType.TruecolorAlpha => 4,
            _ => 1,
        });
        List<byte> scanlines = [];
        foreach ((int x0, int y0, int stepX, int stepY) in passes)
        {
            int width = Enumerable.Range(0, header.Width).Count(x => x >= x0 && (x - x0) % stepX == 0);
            int height = Enumerable.Range(0, header.Height).Count(y => y >= y0 && (y - y0) % stepY == 0);
            for (int y = 0; width > 0 && y < height; y++)
            {
                scanlines.Add((byte)random.Next(5));

                // Few values, so that a transparent color is met.
                scanlines.AddRange(Bytes(random, ((width * bits) + 7) / 8).Select(b => b < 128 ? (byte)0 : b));
            }
        }

        return [.. scanlines];
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static uint SlowCrc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
