using System.Buffers.Binary;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Reads the marker segments between scans (T.81 annex B) and keeps their contents.</summary>
/// <param name="file">The whole file.</param>
/// <param name="tables">Tables that the file may use without defining them (T.81 B.4); null if there are none. The reader adds to them.</param>
internal sealed class JpegSegmentReader(ByteSource file, JpegTables? tables = null)
{
    /// <summary>The smallest table has 19 bytes and takes 0.3 µs.</summary>
    private const long WorkOfTableByte = 16;

    private readonly ByteSource _file = file;
    private int _position = 2; // after SOI
    private bool _jfif;
    private int? _adobeTransform;
    private JpegIccProfile? _profile;
    private bool _adobeRgb;

    /// <summary>For each component of a sequential frame, true once a scan has had it.</summary>
    private bool[] _coded = [];

    public JpegTables Tables { get; } = tables ?? new();

    /// <summary>Null until the frame header has been read.</summary>
    public JpegFrame? Frame { get; private set; }

    /// <summary>The EXIF orientation, 1 to 8.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>The first EXIF data, or the first that turns the image, and the first XMP packet (XMP part 3, 1.1.3).</summary>
    public PhotoMetadata Metadata { get; private set; }

    /// <summary>True for files that begin with SOI and the first byte of another marker.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => file is [0xFF, JpegMarker.StartOfImage, 0xFF, ..];

    /// <summary>Reads the abbreviated format for table specifications (T.81 B.5): tables without an image.</summary>
    /// <exception cref="InvalidImageException">A segment breaks the rules.</exception>
    public static JpegTables ReadTables(ByteSource file)
    {
        JpegSegmentReader segments = new(file);
        segments.ReadToNextScan();
        return segments.Tables;
    }

    /// <summary>The color space by the rules of libjpeg: the JFIF marker, then the Adobe marker, then the ids of the components.</summary>
    public JpegColorSpace ColorSpace(JpegFrame frame) => frame.Components.Length switch
    {
        1 => JpegColorSpace.Gray,
        4 => _adobeTransform is null or 0 ? JpegColorSpace.Cmyk : JpegColorSpace.Ycck,
        _ when _jfif => JpegColorSpace.YCbCr,
        _ when _adobeTransform is not null => _adobeTransform == 0 ? JpegColorSpace.Rgb : JpegColorSpace.YCbCr,
        _ => (frame.Components[0].Id, frame.Components[1].Id, frame.Components[2].Id) is ('R', 'G', 'B')
            ? JpegColorSpace.Rgb
            : JpegColorSpace.YCbCr,
    };

    /// <summary>The color encoding that the segments so far give; an ICC profile overrides EXIF data.</summary>
    public ColorEncoding ColorEncoding => _profile?.ToEncoding()
        ?? (_adobeRgb ? ColorEncoding.AdobeRgb : ColorEncoding.Srgb);

    /// <summary>Continues at the offset of a marker, after a scan.</summary>
    public void SeekTo(int offset) => _position = offset;

    /// <summary>Reads up to the first scan header.</summary>
    /// <exception cref="InvalidImageException">A segment breaks the rules, or there is no scan.</exception>
    /// <exception cref="UnsupportedImageException">The engine does not decode this JPEG process.</exception>
    public ScanHeader ReadToFirstScan() => ReadToScan(required: true)!;

    /// <summary>Reads up to the next scan header.</summary>
    /// <returns>Null at the end of the image, or where the file is truncated.</returns>
    /// <exception cref="InvalidImageException">A segment breaks the rules.</exception>
    public ScanHeader? ReadToNextScan() => ReadToScan(required: false);

    /// <param name="required">True to throw if there is no scan.</param>
    private ScanHeader? ReadToScan(bool required)
    {
        while (NextMarker(out byte marker) && marker != JpegMarker.EndOfImage)
        {
            _file.Work.Check();
            if (JpegMarker.StandsAlone(marker))
            {
                continue;
            }

            int offset = _position - 2;
            if (!ReadLength(marker, out int length))
            {
                return required ? throw JpegErrors.SegmentBeyondEnd(marker, offset, length, _file) : null;
            }

            ReadOnlyMemory<byte> data = _file.Read(_position + 2, length - 2);
            _position += length;
            if (marker == JpegMarker.StartOfScan)
            {
                JpegFrame frame = Frame ?? throw JpegErrors.Corrupt("a scan comes before the frame header");
                return ScanHeader.Read(data.Span, frame, _coded, _position);
            }

            if (marker == JpegMarker.App2)
            {
                (_profile ??= new JpegIccProfile()).Add(data);
                continue;
            }

            if (marker == JpegMarker.App1)
            {
                ReadMetadata(data);
                continue;
            }

            ReadSegment(marker, data.Span);
        }

        return required ? throw JpegErrors.Missing(Frame is null ? "frame header" : "scan", _file) : null;
    }

    /// <summary>Reads the length field of the segment at the current position; the length includes its own two bytes (T.81 B.1.1.4).</summary>
    /// <returns>False if the segment extends beyond the end of the file.</returns>
    private bool ReadLength(byte marker, out int length)
    {
        length = 2;
        if (_file.Length - _position < 2)
        {
            return false;
        }

        length = BinaryPrimitives.ReadUInt16BigEndian(_file.Read(_position, 2).Span);
        if (length < 2)
        {
            // Some writers give comments a length of 0; continuing loses nothing.
            length = IsIgnored(marker)
                ? 2
                : throw JpegErrors.Corrupt($"the segment of marker 0xFF{marker:X2} at byte {_position - 2:N0} gives its length as {length}, less than 2");
        }

        return _file.Length - _position >= length;
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
            case JpegMarker.App14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                _adobeTransform = segment[11];
                break;
            case JpegMarker.DefineNumberOfLines:
            case JpegMarker.DefineArithmeticConditioning:
            case JpegMarker.JpegReserved:
                break;
            case >= JpegMarker.StartOfFrameBaseline and <= JpegMarker.StartOfFrameLast:
            case JpegMarker.DefineHierarchicalProgression:
            case JpegMarker.StartOfFrameJpegLs:
                ReadFrameHeader(marker, segment);
                break;
        }
    }

    private void ReadMetadata(ReadOnlyMemory<byte> segment)
    {
        ReadOnlySpan<byte> xmpName = "http://ns.adobe.com/xap/1.0/\0"u8;
        if (segment.Span.StartsWith(xmpName) && Metadata.Xmp.IsEmpty)
        {
            Metadata = Metadata with { Xmp = segment[xmpName.Length..] };
        }
        else if (segment.Span.StartsWith("Exif\0"u8) && segment.Length > 6 && Orientation == 1)
        {
            ReadOnlyMemory<byte> exif = segment[6..];
            Orientation = ExifOrientation.Read(exif.Span);
            _adobeRgb |= ExifColorSpace.IsAdobeRgb(exif.Span);
            Metadata = Metadata with { Exif = Metadata.Exif.IsEmpty || Orientation != 1 ? exif : Metadata.Exif };
        }
    }

    /// <summary>Finds the next marker; skips fill bytes and, as every reader does, stray bytes.</summary>
    private bool NextMarker(out byte marker)
    {
        _position = MarkerSearch.Find(_file, _position);
        if (_position == _file.Length)
        {
            marker = 0;
            return false;
        }

        marker = _file.WaitFor(_position + 2)[_position + 1];
        _position += 2;
        return true;
    }

    private void ReadFrameHeader(byte marker, ReadOnlySpan<byte> segment)
    {
        JpegFrame frame = JpegFrameHeader.Read(marker, segment);
        Frame = Frame is null ? frame : throw JpegErrors.Corrupt("it has a second frame header");
        _coded = new bool[frame.Components.Length];
        if (!frame.Progressive)
        {
            Tables.AssumeStandardHuffman();
        }
    }
}
