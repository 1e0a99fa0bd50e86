namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// The data of consecutive IDAT chunks as one stream (PNG 11.2.3), read in place. The stream checks the CRC of each chunk once it has read
/// the chunk's last byte.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="offset">Offset of the first IDAT chunk.</param>
internal sealed class PngDataStream(ByteSource file, int offset) : Stream
{
    // Units of work for a chunk without data.
    private const int WorkOfChunk = 100;

    private long _next = offset;
    private PngChunk _chunk;
    private int _position;
    private int _left;
    private uint _crc;
    private bool _ended;

    /// <summary>The file ends inside an IDAT chunk, or without any chunk after one.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The first IDAT chunk whose CRC does not match; null if none was found so far.</summary>
    public PngChunk? CorruptChunk { get; private set; }

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
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !FindData())
        {
            return 0;
        }

        ReadOnlySpan<byte> bytes = Advance(buffer.Length);
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Checks the CRC of everything that was not read: the rest of the data, and the chunks after it up to IEND.</summary>
    /// <returns>The first chunk after the data whose CRC does not match; null if there is none.</returns>
    public PngChunk? CheckRest()
    {
        const int Part = 1 << 20;
        while (FindData())
        {
            Advance(Part);
        }

        for (long at = _chunk.Offset; !IsTruncated && PngChunk.TryRead(file, at, out PngChunk chunk) && chunk.End <= file.Length; at = chunk.End)
        {
            file.Work.Check();
            if (!chunk.HasValidCrc(file))
            {
                return chunk;
            }

            if (chunk.Type == PngChunk.Iend)
            {
                break;
            }
        }

        return null;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Skips bytes of the current chunk, at most as many as it has.</summary>
    private ReadOnlySpan<byte> Advance(int most)
    {
        file.Work.Check();
        ReadOnlySpan<byte> bytes = file.Read(_position, Math.Min(most, _left)).Span;
        _crc = Crc32.Append(_crc, bytes);
        _position += bytes.Length;
        _left -= bytes.Length;
        return bytes;
    }

    /// <summary>Moves to the next byte of data, across chunk boundaries and empty chunks.</summary>
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
            _ended = IsTruncated = true;
        }
        else if (_crc != _chunk.StoredCrc(file))
        {
            CorruptChunk ??= _chunk;
        }
    }

    private void StartChunk()
    {
        file.Work.Spend(WorkOfChunk);
        if (!PngChunk.TryRead(file, _next, out _chunk))
        {
            _ended = IsTruncated = true;
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
