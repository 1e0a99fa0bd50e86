using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The first five bytes of a lossless picture (RFC 9649, 3.4).</summary>
/// <param name="Width">1 to 16384 pixels.</param>
/// <param name="Height">1 to 16384 pixels.</param>
/// <param name="HasAlpha">Alpha means something; else all is opaque.</param>
internal readonly record struct Vp8LHeader(int Width, int Height, bool HasAlpha)
{
    /// <summary>Bytes that it takes.</summary>
    public const int Size = 5;

    private const byte Signature = 0x2F;
    private const int SizeBits = 14;
    private const uint SizeMask = (1 << SizeBits) - 1;

    /// <summary>Reads it from the start of a VP8L chunk that has at least <see cref="Size"/> bytes.</summary>
    /// <exception cref="InvalidImageException">Not a picture.</exception>
    public static Vp8LHeader Parse(ReadOnlySpan<byte> data)
    {
        uint fields = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        uint version = fields >> 29;
        return data[0] == Signature && version == 0
            ? new((int)(fields & SizeMask) + 1, (int)((fields >> SizeBits) & SizeMask) + 1, ((fields >> 28) & 1) != 0)
            : throw new InvalidImageException(
                $"Not a valid WebP: its lossless image has signature 0x{data[0]:X2} and version {version}; 0x{Signature:X2} and 0 are expected.");
    }
}
