using System.Buffers.Binary;
using System.Numerics;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Bmp;

/// <summary>BMP files made by the tests.</summary>
internal static class BmpFile
{
    private const int FileHeaderSize = 14;

    /// <summary>A file with BITMAPINFOHEADER, or a longer one whose other fields are 0.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels; negative for top-down.</param>
    /// <param name="bits">Of a pixel.</param>
    /// <param name="compression">As in biCompression.</param>
    /// <param name="between">Masks and color table.</param>
    /// <param name="pixels">All behind it.</param>
    /// <param name="headerSize">Bytes of the header.</param>
    public static byte[] Of(int width, int height, int bits, int compression, byte[] between, byte[] pixels, int headerSize = 40)
    {
        byte[] file = new byte[FileHeaderSize + headerSize];
        "BM"u8.CopyTo(file);
        SetInt32(file, 2, file.Length + between.Length + pixels.Length);
        SetInt32(file, 10, file.Length + between.Length);
        SetInt32(file, 14, headerSize);
        SetInt32(file, 18, width);
        SetInt32(file, 22, height);
        file[26] = 1;
        file[28] = (byte)bits;
        if (headerSize >= 20)
        {
            SetInt32(file, 30, compression);
        }

        return [.. file, .. between, .. pixels];
    }

    /// <summary>Blue, green, red, 0 of as many random colors.</summary>
    public static byte[] Palette(Random random, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(_ => (byte[])[(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), 0])];

    /// <summary>Random pixels in rows as they are stored, padding included.</summary>
    public static byte[] Rows(Random random, int width, int height, int bits)
    {
        byte[] rows = new byte[((width * bits) + 31) / 32 * 4 * Math.Abs(height)];
        random.NextBytes(rows);
        return rows;
    }

    /// <summary>Red, green, blue and alpha masks, as many as there are.</summary>
    public static byte[] Masks(params uint[] masks) => [.. masks.SelectMany(BitConverter.GetBytes)];

    public static void SetInt32(byte[] file, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);

    /// <summary>Decodes a file of BI_BITFIELDS or BI_ALPHABITFIELDS slowly; where it has no alpha, pixels are opaque.</summary>
    public static Picture SlowMasks(byte[] file)
    {
        int width = BitConverter.ToInt32(file, 18);
        int storedHeight = BitConverter.ToInt32(file, 22);
        int height = Math.Abs(storedHeight);
        int bits = file[28];
        int stride = ((width * bits) + 31) / 32 * 4;
        bool hasAlpha = BitConverter.ToInt32(file, 14) >= 56 || file[30] == 6;
        byte[] samples = new byte[width * height * 4];
        for (int i = 0; i < samples.Length; i++)
        {
            (int x, int y, int channel) = (i / 4 % width, i / 4 / width, i % 4);
            int at = BitConverter.ToInt32(file, 10) + ((storedHeight < 0 ? y : height - 1 - y) * stride) + (x * bits / 8);
            ulong pixel = Enumerable.Range(0, bits / 8).Aggregate(0UL, (value, k) => value | ((ulong)file[at + k] << (8 * k)));
            ulong mask = channel < 3 || hasAlpha ? BitConverter.ToUInt32(file, 54 + (4 * channel)) : 0;
            int zeros = BitOperations.TrailingZeroCount(mask);
            samples[i] = mask == 0
                ? channel == 3 ? byte.MaxValue : (byte)0
                : (byte)Math.Round(255.0 * ((pixel & mask) >> zeros) / (mask >> zeros), MidpointRounding.AwayFromZero);
        }

        return new(width, height, samples);
    }
}
