using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Files of formats that need no compressor.</summary>
internal static class SmallFormats
{
    /// <summary>Colors of 24 bits from the top, without run-length encoding.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="samples">Blue, green and red of each pixel.</param>
    public static byte[] Tga(int width, int height, byte[] samples) =>
        [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 24, 0x20, .. samples];

    /// <summary>Runs of one pixel each.</summary>
    /// <inheritdoc cref="Tga"/>
    public static byte[] RunLengthTga(int width, int height, byte[] samples)
    {
        byte[] file = Tga(width, height, [.. samples.Chunk(3).SelectMany(pixel => pixel.Prepend((byte)0x80))]);
        file[2] = 10;
        return file;
    }

    /// <summary>Every pixel by QOI_OP_RGB.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="samples">Red, green and blue of each pixel.</param>
    public static byte[] Qoi(int width, int height, byte[] samples)
    {
        byte[] sizes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(sizes, width);
        BinaryPrimitives.WriteInt32BigEndian(sizes.AsSpan(4), height);
        return [.. "qoif"u8, .. sizes, 3, 0, .. samples.Chunk(3).SelectMany(pixel => pixel.Prepend((byte)0xFE)), 0, 0, 0, 0, 0, 0, 0, 1];
    }
}
