using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Reads the frame header (T.81 B.2.2) and rejects the JPEG processes that the engine does not decode.</summary>
internal static class JpegFrameHeader
{
    /// <param name="marker">The second byte of the SOF marker.</param>
    /// <param name="segment">The segment after its length field.</param>
    /// <exception cref="InvalidImageException">The header breaks the rules.</exception>
    /// <exception cref="UnsupportedImageException">The engine does not decode this JPEG process.</exception>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> segment)
    {
        RefuseProcess(marker);
        if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
        {
            throw JpegErrors.Corrupt("its frame header is too short");
        }

        int precision = segment[0];
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        int count = segment[5];
        if (precision != 8)
        {
            throw precision == 12
                ? JpegErrors.Unsupported("a JPEG with 12 bits per sample")
                : JpegErrors.Corrupt($"its frame header says {precision} bits per sample");
        }

        if (height == 0)
        {
            throw JpegErrors.Unsupported("a JPEG that gives its height only after the image data (DNL marker)");
        }

        if (width == 0 || count == 0)
        {
            throw JpegErrors.Corrupt($"its frame header says {width} × {height} pixels and {count} components");
        }

        if (count is not (1 or 3 or 4))
        {
            throw JpegErrors.Unsupported($"a JPEG with {count} color components");
        }

        return new JpegFrame(marker == JpegMarker.StartOfFrameProgressive, width, height, ReadComponents(segment[6..], count));
    }

    /// <summary>Names the process by T.81 table B.1, and T.87 C.1.1 for JPEG-LS.</summary>
    private static void RefuseProcess(byte marker)
    {
        string? kind = marker switch
        {
            <= JpegMarker.StartOfFrameProgressive => null,
            JpegMarker.StartOfFrameJpegLs => "a JPEG-LS image (SOF55)",
            JpegMarker.DefineHierarchicalProgression => "a hierarchical JPEG (DHP)",
            _ => (marker & 15) switch
            {
                3 => "a lossless JPEG (SOF3)",
                5 or 6 or 7 => $"a hierarchical JPEG (SOF{marker & 15})",
                _ => $"an arithmetic-coded JPEG (SOF{marker & 15})",
            },
        };
        if (kind is not null)
        {
            throw JpegErrors.Unsupported(kind);
        }
    }

    private static JpegComponent[] ReadComponents(ReadOnlySpan<byte> segment, int count)
    {
        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> fields = segment.Slice(3 * i, 3);
            int h = fields[1] >> 4;
            int v = fields[1] & 15;
            if (h is < 1 or > 4 || v is < 1 or > 4 || fields[2] > 3)
            {
                throw JpegErrors.Corrupt($"component {i + 1} has sampling factors {h} × {v} and quantization table {fields[2]}");
            }

            // Two rules need no check, because decoding is correct without them: unique ids (ScanHeader.Find), and at most 10 blocks in an
            // MCU (T.81 B.2.3). The only component of a frame has MCUs of one block, regardless of its factors (T.81 A.2.2).
            components[i] = count == 1
                ? new JpegComponent(i, fields[0], 1, 1, fields[2])
                : new JpegComponent(i, fields[0], h, v, fields[2]);
        }

        return components;
    }
}
