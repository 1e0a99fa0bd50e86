using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The uncompressed first ten bytes of a key frame (RFC 6386, 9.1). Its upscaling hints are ignored, as in other decoders.</summary>
/// <param name="Width">1 to 16383 pixels.</param>
/// <param name="Height">1 to 16383 pixels.</param>
/// <param name="FirstPartitionSize">Bytes of the partition that follows.</param>
internal readonly record struct Vp8FrameTag(int Width, int Height, int FirstPartitionSize)
{
    /// <summary>Bytes of the tag.</summary>
    public const int Size = 10;

    private const int HighestVersion = 3;

    private static ReadOnlySpan<byte> StartCode => [0x9D, 0x01, 0x2A];

    /// <summary>Reads the tag at the start of a VP8 chunk that has at least <see cref="Size"/> bytes.</summary>
    /// <exception cref="InvalidImageException">The chunk is not a shown key frame of a known version.</exception>
    public static Vp8FrameTag Parse(ReadOnlySpan<byte> data)
    {
        int tag = data[0] | (data[1] << 8) | (data[2] << 16);
        int version = (tag >> 1) & 7;
        bool isKeyFrame = (tag & 1) == 0;
        bool isShown = (tag & 16) != 0;
        if (!isKeyFrame || !isShown || version > HighestVersion)
        {
            throw WebPErrors.Corrupt(
                $"its VP8 frame is {(isShown ? "a shown" : "a hidden")} {(isKeyFrame ? "key frame" : "interframe")} of version {version}; a shown key frame of version 0 to {HighestVersion} is expected");
        }

        if (!data[3..6].SequenceEqual(StartCode))
        {
            throw WebPErrors.Corrupt($"its VP8 frame has the start code {Convert.ToHexString(data[3..6])} instead of 9D012A");
        }

        int width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF;
        int height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF;
        return width > 0 && height > 0
            ? new(width, height, tag >> 5)
            : throw WebPErrors.Corrupt($"its header says {width} × {height} pixels; at least 1 each is expected");
    }
    /// <summary>Writes the tag of a shown key frame of version 0.</summary>
    /// <param name="data">Receives <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> data)
    {
        int tag = (FirstPartitionSize << 5) | 16;
        data[0] = (byte)tag;
        data[1] = (byte)(tag >> 8);
        data[2] = (byte)(tag >> 16);
        StartCode.CopyTo(data[3..]);
        BinaryPrimitives.WriteUInt16LittleEndian(data[6..], (ushort)Width);
        BinaryPrimitives.WriteUInt16LittleEndian(data[8..], (ushort)Height);
    }
}
