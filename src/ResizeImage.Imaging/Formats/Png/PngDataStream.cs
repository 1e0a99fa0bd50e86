namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// The data of consecutive IDAT chunks as one stream (PNG 11.2.3), read in place. The CRC of each chunk is checked
/// when its last byte has been read.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="offset">Of the first IDAT chunk.</param>
internal sealed class PngDataStream(ReadOnlyMemory<byte> file, int offset) : Stream
{
    private long _next = offset;
    private PngChunk _chunk;
    private int _position;
    private int _left;
    private uint _crc;
    private bool _ended;

    /// <summary>The file ended where the stream had to go on: inside an IDAT chunk, or without any chunk after one.</summary>
    public bool CutOff { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">A chunk's CRC does not match.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !FindData())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _left);
        ReadOnlySpan<byte> bytes = file.Span.Slice(_position, count);
        bytes.CopyTo(buffer);
        _crc = Crc32.Append(_crc, bytes);
        _position += count;
        _left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Moves to the next byte of data, over the ends of chunks and over empty ones.</summary>
    private bool FindData()
    {
        while (_left == 0 && !_ended)
        {
            FinishChunk();
            if (!_ended)
            {
                StartChunk();
            }
        }

        return _left > 0;
    }

    private void FinishChunk()
    {
        if (_chunk == default)
        {
            return;
        }

        if (_chunk.End > file.Length)
        {
            _ended = CutOff = true;
        }
        else if (_crc != _chunk.StoredCrc(file.Span))
        {
            throw _chunk.BadCrc();
        }
    }

    private void StartChunk()
    {
        if (!PngChunk.TryRead(file.Span, _next, out _chunk))
        {
            _ended = CutOff = true;
            return;
        }

        if (_chunk.Type != PngChunk.Idat || !_chunk.IsWellFormed)
        {
            _ended = true;
            return;
        }

        _position = _chunk.DataOffset;
        _left = (int)Math.Min(_chunk.Length, file.Length - _position);
        _crc = _chunk.CrcOfType;
        _next = _chunk.End;
    }
}
