using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Segments of every compression but JPEG: decompresses, then restores the machine's byte order and undoes the predictor.</summary>
internal sealed class TiffCodedSegments(ByteSource file, TiffImage image, int plane) : TiffSegmentDecoder
{
    private readonly TiffDataDecoder _decoder = TiffDataDecoder.Create(file, image);
    private readonly long _rowBytes = image.UnitBytes(image.Segments.Width);
    private bool _isMissing;

    public override bool IsDamaged => _decoder.IsDamaged;

    public override void Start(int down, int across)
    {
        TiffSegment segment = image.Segments.Find(plane, down, across);
        IsTruncated |= segment.IsTruncated;
        _isMissing = segment.Length == 0;
        if (!_isMissing)
        {
            int units = (image.Segments.Height + image.RowsPerUnit - 1) / image.RowsPerUnit;
            _decoder.Start(segment, _rowBytes * units);
        }
    }

    public override bool TryReadRow(Span<byte> row)
    {
        if (_isMissing || !_decoder.TryReadRow(row))
        {
            return false;
        }

        bool isSwapped = image.Header.IsLittleEndian != BitConverter.IsLittleEndian;
        if (isSwapped && image.BitsPerSample == 16)
        {
            Span<ushort> samples = MemoryMarshal.Cast<byte, ushort>(row);
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }
        else if (isSwapped && image.BitsPerSample == 32)
        {
            Span<uint> samples = MemoryMarshal.Cast<byte, uint>(row);
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }

        if (image.HasPredictor)
        {
            TiffPredictor.Undo(row, image.BitsPerSample, image.SamplesPerPlane);
        }

        return true;
    }

    public override void Dispose() => _decoder.Dispose();
}
