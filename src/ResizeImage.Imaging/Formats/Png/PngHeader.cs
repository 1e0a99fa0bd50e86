using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>How a pixel is stored (PNG 11.2.1). Bit 0: palette, bit 1: color, bit 2: alpha.</summary>
internal enum PngColorType : byte
{
    Grayscale = 0,
    Truecolor = 2,
    Indexed = 3,
    GrayscaleAlpha = 4,
    TruecolorAlpha = 6,
}

/// <summary>The chunk IHDR (PNG 11.2.1).</summary>
/// <param name="Width">1 to 2³¹ − 1 pixels.</param>
/// <param name="Height">1 to 2³¹ − 1 pixels.</param>
/// <param name="BitDepth">Bits of a sample or palette index: 1, 2, 4, 8 or 16, as the color type allows.</param>
/// <param name="ColorType">How a pixel is stored.</param>
/// <param name="Interlaced">Rows are in Adam7 passes.</param>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool Interlaced)
{
    /// <summary>Bytes of the chunk's data.</summary>
    public const int Size = 13;

    /// <summary>Samples of a pixel.</summary>
    public int Channels => ColorType switch
    {
        PngColorType.Truecolor => 3,
        PngColorType.GrayscaleAlpha => 2,
        PngColorType.TruecolorAlpha => 4,
        _ => 1,
    };

    /// <summary>
    /// Bytes of a pixel after samples of less than 8 bits are unpacked to a byte each. This is also the distance to the pixel on the left in
    /// filters (PNG 9.2: rounded up to 1).
    /// </summary>
    public int BytesPerPixel => Channels * Math.Max(1, BitDepth / 8);

    /// <summary>Bytes of a scanline of a width, without its filter type byte; can exceed the longest array.</summary>
    public long ScanlineBytes(int width) => (((long)width * Channels * BitDepth) + 7) / 8;

    /// <summary>Reads the data of the chunk.</summary>
    /// <exception cref="InvalidImageException">A field has a value that PNG does not define.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data)
    {
        if (data.Length != Size)
        {
            throw PngErrors.Corrupt($"its header has {data.Length} bytes instead of {Size}");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (byte depth, byte color, byte compression, byte filter, byte interlace) = (data[8], data[9], data[10], data[11], data[12]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw PngErrors.Corrupt($"its header says {width} × {height} pixels; 1 to {int.MaxValue} each are allowed");
        }

        bool allowed = (PngColorType)color switch
        {
            PngColorType.Grayscale => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Indexed => depth is 1 or 2 or 4 or 8,
            PngColorType.Truecolor or PngColorType.GrayscaleAlpha or PngColorType.TruecolorAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!allowed)
        {
            throw PngErrors.Corrupt($"its header says color type {color} with {depth} bits, which PNG does not have");
        }

        return (compression, filter, interlace) is (0, 0, 0 or 1)
            ? new((int)width, (int)height, depth, (PngColorType)color, interlace == 1)
            : throw PngErrors.Corrupt(
                $"its header says compression {compression}, filter {filter}, interlace {interlace}; PNG has 0, 0, and 0 or 1");
    }

    /// <summary>Writes the data of the chunk.</summary>
    /// <param name="data"><see cref="Size"/> bytes.</param>
    public void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteInt32BigEndian(data, Width);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], Height);
        data[8] = (byte)BitDepth;
        data[9] = (byte)ColorType;
        data[10] = 0;
        data[11] = 0;
        data[12] = (byte)(Interlaced ? 1 : 0);
    }
}
