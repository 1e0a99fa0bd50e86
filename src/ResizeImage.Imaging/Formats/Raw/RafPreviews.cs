using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>Raw photos of Fujifilm (RAF): the header has offset and length of a complete JPEG with EXIF data.</summary>
internal static class RafPreviews
{
    private const int JpegOffsetField = 84;
    private const int HeaderSize = 92;

    /// <summary>Lists the preview; null if the file is of another format.</summary>
    public static RawPreviews? Find(ByteSource file)
    {
        ReadOnlySpan<byte> start = file.WaitFor(HeaderSize);
        return start.Length >= HeaderSize && start.StartsWith("FUJIFILMCCD-RAW "u8)
            ? new(
                [new(BinaryPrimitives.ReadUInt32BigEndian(start[JpegOffsetField..]), BinaryPrimitives.ReadUInt32BigEndian(start[(JpegOffsetField + 4)..]))],
                Orientation: null)
            : null;
    }
}
