using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// Segments of JPEG (TIFF Technical Note 2): each is an image in the abbreviated format, whose tables may be in the field JPEGTables. The
/// directory decides what components mean, not markers in the segments.
/// </summary>
internal sealed class TiffJpegSegments : TiffSegmentDecoder
{
    // Segments whose header is read for an estimate of all.
    private const int Probed = 16;

    // What the headers and tables of a segment may add to the estimate.
    private const long Tolerance = 64 << 10;

    private const int WorkOfRepeatedByte = 12;
    private const byte Neutral = 128;

    private readonly ByteSource _file;
    private readonly TiffImage _image;
    private readonly int _plane;
    private readonly JpegTables _tables;
    private readonly long _estimate;
    private readonly byte[] _row;
    private RowReader? _reader;
    private DecodeWindow _window;
    private int _rows;
    private long _read;
    private bool _hasDecoded;
    private bool _isDamaged;

    /// <summary>A decoder of one plane.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="image">An image of JPEG.</param>
    /// <param name="plane">0 if samples are interleaved.</param>
    /// <exception cref="InvalidImageException">JPEGTables is corrupt.</exception>
    public TiffJpegSegments(ByteSource file, TiffImage image, int plane)
    {
        (_file, _image, _plane) = (file, image, plane);
        _tables = ReadTables(file, image);
        _estimate = EstimateMemory(file, image, plane);
        _row = new byte[ArrayLength.Of(4L * image.Segments.Width, "samples of a row")];
    }

    public override bool IsDamaged => _isDamaged;

    /// <summary>
    /// The bytes that decoding a segment takes, by the header of the first one; others may take no more. Waits for that header, and if it has
    /// several scans, for the whole segment.
    /// </summary>
    /// <inheritdoc cref="TiffJpegSegments"/>
    public static long EstimateMemory(ByteSource file, TiffImage image, int plane)
    {
        long row = 4L * image.Segments.Width;
        JpegTables tables = ReadTables(file, image);
        for (int i = 0; i < Probed; i++)
        {
            (int down, int across) = (i / image.Segments.Across, i % image.Segments.Across);
            if (down >= image.Segments.Down)
            {
                break;
            }

            TiffSegment segment = image.Segments.Find(plane, down, across);
            try
            {
                JpegDecoder decoder = Read(file, image, tables, segment);
                return row + Tolerance + decoder.EstimateMemory(WindowOf(decoder, image, image.Segments.Height));
            }
            catch (InvalidImageException)
            {
                // Another one is probably valid.
            }
        }

        return row;
    }

    /// <summary>Checks that JPEGInterchangeFormat is a JPEG file of the whole image, which section 22 of TIFF 6.0 allows but does not require.</summary>
    /// <exception cref="UnsupportedImageException">It is not.</exception>
    public static void RequireWholeFile(ByteSource file, TiffImage image)
    {
        try
        {
            JpegDecoder decoder = Read(file, image, new JpegTables(), image.Segments.Find(0, 0, 0));
            if (!image.IsPlanar && (decoder.Info.Width, decoder.Info.Height) == (image.Width, image.Height))
            {
                return;
            }
        }
        catch (InvalidImageException)
        {
            // Tables alone, or nothing.
        }

        throw TiffErrors.OldJpeg();
    }

    public override void Start(int down, int across)
    {
        _reader?.Dispose();
        _reader = null;
        TiffSegment segment = _image.Segments.Find(_plane, down, across);
        IsTruncated |= segment.IsTruncated;
        _read += segment.Length;
        if (_read > _file.Length)
        {
            _file.Work.Spend((long)WorkOfRepeatedByte * segment.Length);
        }

        try
        {
            JpegDecoder decoder = Read(_file, _image, _tables, segment);
            _window = WindowOf(decoder, _image, Math.Min(_image.Segments.Height, _image.Height - (down * _image.Segments.Height)));
            if (decoder.EstimateMemory(_window) > _estimate)
            {
                return;
            }

            _file.Work.Spend(decoder.EstimateWork(_window));
            _reader = decoder.Open(_window);
            _rows = 0;
        }
        catch (InvalidImageException)
        {
            // No row of the segment can be read.
        }
    }

    public override bool TryReadRow(Span<byte> row)
    {
        if (_reader is null || _rows == _window.Height)
        {
            return false;
        }

        int width = _window.Width;
        Span<byte> read = _row.AsSpan(0, width * _reader.Layout.BytesPerPixel());
        try
        {
            _reader.ReadRow(read);
        }
        catch (InvalidImageException) when (_hasDecoded)
        {
            return false;
        }

        _rows++;
        _hasDecoded |= _rows == _window.Height;
        _isDamaged |= _reader.Note is not null;
        if (width < _image.Segments.Width)
        {
            row.Fill(Neutral);
        }

        Store(read, row);
        return true;
    }

    public override void Dispose() => _reader?.Dispose();

    private static JpegTables ReadTables(ByteSource file, TiffImage image)
    {
        ReadOnlyMemory<byte> tables = image.Directory.Find(TiffTag.JpegTables)?.Bytes() ?? default;
        return tables.Length <= 2 ? new JpegTables() : JpegSegmentReader.ReadTables(new ByteSource(tables, file.Work));
    }

    /// <exception cref="InvalidImageException">The segment is missing, or its header is corrupt, or not that of the image.</exception>
    private static JpegDecoder Read(ByteSource file, TiffImage image, JpegTables tables, TiffSegment segment)
    {
        ByteSource data = file.Slice(segment.Offset, segment.Length);
        if (!JpegSegmentReader.Matches(data.WaitFor(3)))
        {
            throw TiffErrors.Corrupt("a strip or tile is not a JPEG image");
        }

        JpegDecoder decoder = JpegDecoder.ReadAbbreviated(data, tables, count => ColorSpaceOf(image, count));
        return decoder.ComponentCount == image.SamplesPerPlane
            ? decoder
            : throw TiffErrors.Corrupt($"a JPEG strip or tile has {decoder.ComponentCount} components; {image.SamplesPerPlane} are expected");
    }

    private static JpegColorSpace ColorSpaceOf(TiffImage image, int components) => components switch
    {
        1 => JpegColorSpace.Gray,
        3 => image.Photometric == TiffPhotometric.YCbCr ? JpegColorSpace.YCbCr : JpegColorSpace.Rgb,
        _ => JpegColorSpace.Cmyk,
    };

    private static DecodeWindow WindowOf(JpegDecoder decoder, TiffImage image, int rows) =>
        new(8, 0, 0, Math.Min(decoder.Info.Width, image.Segments.Width), Math.Min(decoder.Info.Height, rows));

    /// <summary>Stores samples as the segment has them: CMYK without the inversion that JPEG files have.</summary>
    private void Store(ReadOnlySpan<byte> read, Span<byte> row)
    {
        int width = _window.Width;
        switch (_reader!.Layout)
        {
            case PixelLayout.YCbCr8:
                for (int c = 0; c < 3; c++)
                {
                    read.Slice(c * width, width).CopyTo(row[(c * _image.Segments.Width)..]);
                }

                break;
            case PixelLayout.Rgbx8:
                for (int i = 0; i < width; i++)
                {
                    read.Slice(4 * i, 3).CopyTo(row[(3 * i)..]);
                }

                break;
            case PixelLayout.Cmyk8:
                for (int i = 0; i < read.Length; i++)
                {
                    row[i] = (byte)~read[i];
                }

                break;
            default:
                read.CopyTo(row);
                break;
        }
    }
}
