using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The header of a box (ISO/IEC 14496-12, 4.2.2).</summary>
/// <param name="Type">See <see cref="BoxType"/>.</param>
/// <param name="Start">Offset of the payload.</param>
/// <param name="End">Offset of the next box; can be beyond the end of the parent.</param>
internal readonly record struct IsoBox(uint Type, int Start, long End)
{
    private const int HeaderSize = 8;
    private const int LargeHeaderSize = 16;

    /// <summary>Reads the header of a box.</summary>
    /// <param name="parent">The file, or the payload of the box around.</param>
    /// <param name="offset">Offset of the header.</param>
    /// <param name="box">Receives the header.</param>
    /// <returns>False if the parent ends before or within the header.</returns>
    /// <exception cref="InvalidImageException">The box is smaller than its header.</exception>
    public static bool TryRead(ByteSource parent, long offset, out IsoBox box)
    {
        box = default;
        if (offset > parent.Length - HeaderSize)
        {
            return false;
        }

        parent.Work.Check();
        ReadOnlySpan<byte> header = parent.WaitFor(offset + LargeHeaderSize)[(int)offset..];
        uint type = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        uint size = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (size == 1)
        {
            if (header.Length < LargeHeaderSize)
            {
                return false;
            }

            ulong large = BinaryPrimitives.ReadUInt64BigEndian(header[HeaderSize..]);
            long end = large > (ulong)(long.MaxValue - offset) ? long.MaxValue : offset + (long)large;
            box = new(type, (int)offset + LargeHeaderSize, end);
        }
        else
        {
            // Size 0: the box goes on to the end.
            box = new(type, (int)offset + HeaderSize, size == 0 ? parent.Length : offset + size);
        }

        return box.End >= box.Start ? true : throw HeifErrors.Corrupt($"its box \"{BoxType.NameOf(type)}\" is smaller than its header");
    }

    /// <summary>The payload, as far as the parent has it.</summary>
    public ByteSource Payload(ByteSource parent) => parent.Slice(Start, (int)(Math.Min(End, parent.Length) - Start));

    /// <summary>The payload of a box that must be complete. Waits for it.</summary>
    public ReadOnlyMemory<byte> ReadPayload(ByteSource parent) => End <= parent.Length
        ? parent.Read(Start, (int)End - Start)
        : throw HeifErrors.Corrupt($"its box \"{BoxType.NameOf(Type)}\" is larger than the box around it");
}
