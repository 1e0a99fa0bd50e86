using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Qoi;

/// <summary>
/// The header (QOI specification 1.0, qoiformat.org). Numbers are big-endian.
/// <code>
/// | "qoif" (4) | width (4) | height (4) | channels (1) | colorspace (1) | chunks | end marker (8) |
/// </code>
/// </summary>
/// <param name="Width">At least 1.</param>
/// <param name="Height">At least 1.</param>
/// <param name="HasAlpha">channels is 4, not 3. The chunks are the same in both cases.</param>
/// <param name="IsLinear">colorspace is 1: all channels are linear light; 0: sRGB with linear alpha.</param>
internal readonly record struct QoiHeader(int Width, int Height, bool HasAlpha, bool IsLinear)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 14;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The beginning of the file.</param>
    /// <exception cref="InvalidImageException">A field has a value that QOI does not define, or the file ends too early.</exception>
    public static QoiHeader Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < Size)
        {
            throw QoiErrors.TruncatedInHeader();
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(file[8..]);
        (byte channels, byte colorspace) = (file[12], file[13]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw QoiErrors.Corrupt($"its header says {width} × {height} pixels; 1 to {int.MaxValue} each are expected");
        }

        if (channels is not (3 or 4) || colorspace > 1)
        {
            throw QoiErrors.Corrupt($"its header says {channels} channels and colorspace {colorspace}; 3 or 4, and 0 or 1 are expected");
        }

        return new((int)width, (int)height, channels == 4, colorspace == 1);
    }
}
