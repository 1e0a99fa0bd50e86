using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Deflate (TIFF Supplement 2): a segment is a zlib stream. As in libtiff, checksums are not required.</summary>
internal sealed class DeflateData : TiffDataDecoder
{
    /// <summary>Bytes taken at once.</summary>
    private const int Longest = 64 << 10;

    private readonly SegmentStream _stream;
    private readonly Inflater _inflater;

    public DeflateData(TiffSegmentData data, WorkMeter work)
    {
        _stream = new(data);
        _inflater = new(_stream, Longest, total: 0, work);
    }

    /// <summary>Bytes that an instance allocates.</summary>
    public static new long EstimateMemory => Inflater.EstimateMemory(Longest);

    public override void Start(TiffSegment segment, long bytes)
    {
        _stream.Start(segment);
        _inflater.Restart(bytes);
    }

    public override bool TryReadRow(Span<byte> row)
    {
        while (!row.IsEmpty)
        {
            ReadOnlySpan<byte> part = _inflater.Take(Math.Min(row.Length, Longest));
            if (part.IsEmpty)
            {
                return false;
            }

            part.CopyTo(row);
            row = row[part.Length..];
        }

        return true;
    }

    public override void Dispose()
    {
        _inflater.Dispose();
        _stream.Dispose();
        base.Dispose();
    }

    /// <summary>A segment as a stream.</summary>
    private sealed class SegmentStream(TiffSegmentData data) : Stream
    {
        private ReadOnlyMemory<byte> _piece;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Start(TiffSegment segment)
        {
            data.Start(segment);
            _piece = default;
        }

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            if (_piece.IsEmpty)
            {
                _piece = data.Next();
            }

            int count = Math.Min(buffer.Length, _piece.Length);
            _piece.Span[..count].CopyTo(buffer);
            _piece = _piece[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
