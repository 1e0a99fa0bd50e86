using System.Buffers.Binary;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Reads the marker segments between scans (T.81 annex B) and remembers what they say.</summary>
internal sealed class JpegSegmentReader(ImageSource file)
{
    /// <summary>A table takes 19 bytes at least, and 0.3 µs.</summary>
    private const long WorkOfTableByte = 16;

    private readonly ImageSource _file = file;
    private int _position = 2; // after SOI
    private bool _jfif;
    private int? _adobeTransform;
    private JpegIccProfile? _profile;
    private bool _adobeRgb;

    public JpegTables Tables { get; } = new();

    /// <summary>Null until the frame header has been read.</summary>
    public JpegFrame? Frame { get; private set; }

    /// <summary>The EXIF orientation, 1 to 8.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>True for files that begin like a JPEG file: SOI and the first byte of another marker.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => file is [0xFF, JpegMarker.StartOfImage, 0xFF, ..];

    /// <summary>The headers of all scans, without their data, up to where the file breaks the rules or ends.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limit">The most scans to list.</param>
    public static ScanHeader[] ListScans(ImageSource file, int limit)
    {
        var scans = new List<ScanHeader>();
        var segments = new JpegSegmentReader(file);
        try
        {
            while (scans.Count < limit && segments.ReadToScan() is { } scan)
            {
                scans.Add(scan);
            }
        }
        catch (InvalidImageException)
        {
            // The scans before it are worth decoding.
        }

        return [.. scans];
    }

    /// <summary>How the components make up a colour, by the rules that libjpeg set for files that do not say.</summary>
    public JpegColorSpace ColorSpace(JpegFrame frame) => frame.Components.Length switch
    {
        1 => JpegColorSpace.Gray,
        4 => _adobeTransform == 2 ? JpegColorSpace.Ycck : JpegColorSpace.Cmyk,
        _ when _jfif => JpegColorSpace.YCbCr,
        _ when _adobeTransform is not null => _adobeTransform == 0 ? JpegColorSpace.Rgb : JpegColorSpace.YCbCr,
        _ => (frame.Components[0].Id, frame.Components[1].Id, frame.Components[2].Id) is ('R', 'G', 'B')
            ? JpegColorSpace.Rgb
            : JpegColorSpace.YCbCr,
    };

    /// <summary>True if an Adobe segment was seen: its writers store CMYK inverted.</summary>
    public bool AdobeInverted => _adobeTransform is not null;

    /// <summary>What has been said of colours so far: an ICC profile counts for more than EXIF data.</summary>
    public ColorEncoding ColorEncoding => _profile?.ToEncoding()
        ?? (_adobeRgb ? ColorEncoding.AdobeRgb : ColorEncoding.Srgb);

    /// <summary>Goes on at a marker's offset, after a scan.</summary>
    public void SeekTo(int offset) => _position = offset;

    /// <summary>Reads on to the next scan header.</summary>
    /// <returns>Null at the end of the image, or where the file is cut off.</returns>
    /// <exception cref="InvalidImageException">A segment breaks the rules.</exception>
    /// <exception cref="UnsupportedImageException">A JPEG process that the engine does not read.</exception>
    public ScanHeader? ReadToScan()
    {
        ReadOnlySpan<byte> file = _file.Span;
        while (NextMarker(file, out byte marker))
        {
            _file.Work.Check();
            if (marker == JpegMarker.EndOfImage)
            {
                return null;
            }

            if (JpegMarker.StandsAlone(marker))
            {
                continue;
            }

            if (file.Length - _position < 2)
            {
                return null;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(file[_position..]);
            if (length < 2 && IsIgnored(marker))
            {
                length = 2; // some writers give comments a length of 0; nothing is lost by reading on
            }

            if (length < 2)
            {
                throw new InvalidImageException(
                    $"The JPEG file is broken: the segment of marker 0xFF{marker:X2} at byte {_position} gives its length as {length}, less than 2.");
            }

            if (file.Length - _position < length)
            {
                return null;
            }

            ReadOnlyMemory<byte> data = _file.Bytes.Slice(_position + 2, length - 2);
            ReadOnlySpan<byte> segment = data.Span;
            _position += length;
            if (marker == JpegMarker.StartOfScan)
            {
                return ReadScanHeader(segment);
            }

            if (marker == JpegMarker.App2)
            {
                (_profile ??= new JpegIccProfile()).Add(data);
                continue;
            }

            ReadSegment(marker, segment);
        }

        return null;
    }

    /// <summary>True for application data and comments.</summary>
    private static bool IsIgnored(byte marker) => marker is >= JpegMarker.App0 and <= JpegMarker.App15 or JpegMarker.Comment;

    private void ReadSegment(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case JpegMarker.DefineHuffmanTables:
                _file.Work.Spend(WorkOfTableByte * segment.Length);
                Tables.DefineHuffman(segment);
                break;
            case JpegMarker.DefineQuantizationTables:
                Tables.DefineQuantization(segment);
                break;
            case JpegMarker.DefineRestartInterval:
                Tables.DefineRestartInterval(segment);
                break;
            case JpegMarker.App0 when segment.StartsWith("JFIF\0"u8):
                _jfif = true;
                break;
            case JpegMarker.App1 when segment.StartsWith("Exif\0"u8) && segment.Length > 6 && Orientation == 1:
                Orientation = ExifOrientation.Read(segment[6..]);
                _adobeRgb |= ExifColorSpace.IsAdobeRgb(segment[6..]);
                break;
            case JpegMarker.App14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                _adobeTransform = segment[11];
                break;
            case JpegMarker.DefineNumberOfLines:
            case JpegMarker.DefineArithmeticConditioning:
            case JpegMarker.JpegReserved:
                break;
            case >= JpegMarker.StartOfFrameBaseline and <= JpegMarker.StartOfFrameLast:
                ReadFrameHeader(marker, segment);
                break;
        }
    }

    /// <summary>Finds the next marker, passing over fill bytes and, as every reader does, over stray bytes.</summary>
    private bool NextMarker(ReadOnlySpan<byte> file, out byte marker)
    {
        _position = MarkerSearch.Find(file, _position);
        if (_position == file.Length)
        {
            marker = 0;
            return false;
        }

        marker = file[_position + 1];
        _position += 2;
        return true;
    }

    /// <summary>T.81 B.2.2.</summary>
    private void ReadFrameHeader(byte marker, ReadOnlySpan<byte> segment)
    {
        if (marker > JpegMarker.StartOfFrameProgressive)
        {
            string process = (marker & 15) switch
            {
                3 or 7 => "lossless",
                5 or 6 => "hierarchical",
                _ => "arithmetic-coded",
            };
            throw new UnsupportedImageException(
                $"The JPEG file is {process} (SOF{marker & 15}); baseline, extended sequential and progressive Huffman-coded files are read. Save it as an ordinary JPEG.");
        }

        if (Frame is not null)
        {
            throw new InvalidImageException("The JPEG file is broken: it has a second frame header.");
        }

        if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
        {
            throw new InvalidImageException("The JPEG file is broken: its frame header is cut off.");
        }

        int precision = segment[0];
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        int count = segment[5];
        if (precision != 8)
        {
            throw precision == 12
                ? new UnsupportedImageException("The JPEG file has 12 bits a sample; 8 are read. Save it as an ordinary JPEG.")
                : new InvalidImageException($"The JPEG file is broken: it claims {precision} bits a sample.");
        }

        if (height == 0)
        {
            throw new UnsupportedImageException(
                "The JPEG file gives its height only after the picture (DNL marker). Save it as an ordinary JPEG.");
        }

        if (width == 0 || count == 0)
        {
            throw new InvalidImageException($"The JPEG file is broken: it claims {width} × {height} pixels and {count} components.");
        }

        if (count is not (1 or 3 or 4))
        {
            throw new UnsupportedImageException($"The JPEG file has {count} colour components; 1, 3 and 4 are read.");
        }

        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> fields = segment.Slice(6 + (3 * i), 3);
            int h = fields[1] >> 4;
            int v = fields[1] & 15;
            if (h is < 1 or > 4 || v is < 1 or > 4 || fields[2] > 3)
            {
                throw new InvalidImageException(
                    $"The JPEG file is broken: component {i + 1} has sampling factors {h} × {v} and quantization table {fields[2]}.");
            }

            // The only component of a frame has MCUs of one block, whatever its factors say (T.81 A.2.2).
            components[i] = count == 1
                ? new JpegComponent(i, fields[0], 1, 1, fields[2])
                : new JpegComponent(i, fields[0], h, v, fields[2]);
        }

        Frame = new JpegFrame(marker == JpegMarker.StartOfFrameProgressive, width, height, components);
    }

    /// <summary>T.81 B.2.3, and G.1.1.1 for what progressive scans may be.</summary>
    private ScanHeader ReadScanHeader(ReadOnlySpan<byte> segment)
    {
        if (Frame is null)
        {
            throw new InvalidImageException("The JPEG file is broken: a scan comes before the frame header.");
        }

        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > 4 || segment.Length < 4 + (2 * count))
        {
            throw new InvalidImageException("The JPEG file is broken: a scan header is cut off or names no components.");
        }

        var components = new ScanComponent[count];
        for (int i = 0; i < count; i++)
        {
            int id = segment[1 + (2 * i)];
            int tables = segment[2 + (2 * i)];
            JpegComponent component = Frame.Components.FirstOrDefault(c => c.Id == id)
                ?? throw new InvalidImageException($"The JPEG file is broken: a scan names component {id}, which the frame does not have.");
            if (Array.Exists(components[..i], c => c.Component == component) || tables >> 4 > 3 || (tables & 15) > 3)
            {
                throw new InvalidImageException($"The JPEG file is broken: a scan names component {id} twice, or a table over 3.");
            }

            components[i] = new ScanComponent(component, tables >> 4, tables & 15);
        }

        int spectralStart = 0;
        int spectralEnd = 63;
        int high = 0;
        int low = 0;
        if (Frame.Progressive)
        {
            spectralStart = segment[1 + (2 * count)];
            spectralEnd = segment[2 + (2 * count)];
            high = segment[3 + (2 * count)] >> 4;
            low = segment[3 + (2 * count)] & 15;
            bool bandFits = spectralStart == 0
                ? spectralEnd == 0
                : spectralStart <= spectralEnd && spectralEnd <= 63 && count == 1;
            if (!bandFits || low > 13 || high > 13)
            {
                throw new InvalidImageException(
                    $"The JPEG file is broken: a progressive scan of {count} components covers coefficients {spectralStart} to {spectralEnd} at bits {high} to {low}.");
            }
        }

        return new ScanHeader(components, spectralStart, spectralEnd, high, low, _position);
    }
}
