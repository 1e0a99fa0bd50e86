using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The first five bytes of a lossless image (RFC 9649, 3.4).</summary>
/// <param name="Width">1 to 16384 pixels.</param>
/// <param name="Height">1 to 16384 pixels.</param>
/// <param name="HasAlpha">If false, the alpha channel is ignored.</param>
internal readonly record struct Vp8LHeader(int Width, int Height, bool HasAlpha)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 5;

    private const byte Signature = 0x2F;
    private const int SizeBits = 14;
    private const uint SizeMask = (1 << SizeBits) - 1;

    /// <summary>Reads the header at the start of a VP8L chunk that has at least <see cref="Size"/> bytes.</summary>
    /// <exception cref="InvalidImageException">Signature or version is unknown.</exception>
    public static Vp8LHeader Parse(ReadOnlySpan<byte> data)
    {
        uint fields = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        uint version = fields >> 29;
        return data[0] == Signature && version == 0
            ? new((int)(fields & SizeMask) + 1, (int)((fields >> SizeBits) & SizeMask) + 1, ((fields >> 28) & 1) != 0)
            : throw WebPErrors.Corrupt(
                $"its lossless image has signature 0x{data[0]:X2} and version {version}; 0x{Signature:X2} and 0 are expected");
    }

    /// <summary>Writes the header.</summary>
    public void Write(DeflateBitWriter output)
    {
        output.Write(Signature, 8);
        output.Write((uint)Width - 1, SizeBits);
        output.Write((uint)Height - 1, SizeBits);
        output.Write(HasAlpha ? 1u : 0, 1);
        output.Write(0, 3);
    }
}
