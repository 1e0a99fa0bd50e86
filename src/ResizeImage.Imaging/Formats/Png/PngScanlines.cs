namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Inflates and unfilters scanlines (PNG 9 and 10), holding the current one, its neighbors and no more.</summary>
internal sealed class PngScanlines : IDisposable
{
    private readonly PngDataStream _data;
    private readonly Inflater _inflater;
    private readonly PngChunk? _badChunk;
    private readonly int _stride;

    // A row of zeros stands left of the first pixel, and another above the first line, so that the filters need no special cases.
    private byte[] _current;
    private byte[] _previous;
    private byte[] _next;
    private int _length;
    private int _linesLeft;
    private bool _hasNext;
    private bool _hasInvalidFilter;

    /// <param name="file">The whole file.</param>
    /// <param name="contents">Of the file; it has pixels.</param>
    /// <param name="longest">Bytes of the longest scanline to come.</param>
    /// <param name="total">Bytes of all scanlines that will be read, filter types included.</param>
    public PngScanlines(ByteSource file, PngContents contents, int longest, long total)
    {
        _data = new(file, contents.DataOffset!.Value);
        _inflater = new(_data, 2 * (longest + 1), total, file.Work);
        _badChunk = contents.BadChunk;
        _stride = contents.Header.BytesPerPixel;
        _current = new byte[_stride + longest];
        _previous = new byte[_stride + longest];
        _next = new byte[_stride + longest];
    }

    /// <summary>The last scanline read, unfiltered; valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => _current.AsSpan(_stride, _length);

    /// <summary>Scanlines are missing because the file ends, not because it is damaged.</summary>
    public bool CutOff => _data.CutOff && !_inflater.IsDamaged && !_hasInvalidFilter;

    /// <summary>Starts a picture, or an interlace pass: the line above the first one is zero (PNG 9.2).</summary>
    /// <param name="length">Bytes of its scanlines.</param>
    /// <param name="lines">How many it has.</param>
    public void Begin(int length, int lines)
    {
        _length = length;
        _linesLeft = lines;
        _hasNext = false;
        Array.Clear(_current);
    }

    /// <summary>Reads the next scanline into <see cref="Current"/>.</summary>
    /// <returns>False if the file ends, or is damaged, before the scanline's end; then it is not to be called again.</returns>
    public bool TryRead()
    {
        (_previous, _current, _next) = (_current, _next, _previous);
        _linesLeft--;
        if (_hasNext)
        {
            _hasNext = false;
            return true;
        }

        if (_linesLeft > 0 && TryReadPair())
        {
            return true;
        }

        ReadOnlySpan<byte> filtered = _inflater.Take(_length + 1);
        if (filtered.Length <= _length)
        {
            return false;
        }

        if (filtered[0] >= PngFilter.Count)
        {
            _hasInvalidFilter = true;
            return false;
        }

        PngFilter.Undo(filtered[0], filtered[1..], Line(_previous), Line(_current), _stride);
        return true;
    }

    /// <summary>Call after the last scanline that is wanted: compares what was not read with its checksums too.</summary>
    /// <param name="isLast">It is the picture's last one.</param>
    /// <returns>For the reader of the thumbnail: which checksum shows damage; null if none does.</returns>
    public string? CheckSums(bool isLast)
    {
        if (isLast)
        {
            // What follows the last scanline is ignored, as libpng does: inflating it would serve only those who send bombs.
            _inflater.Peek(1);
        }

        PngChunk? badChunkBehind = _data.CheckRest();
        return PngSalvage.ChecksumNote(_data.BadChunk, _badChunk ?? badChunkBehind, _inflater.Checksum);
    }

    public void Dispose() => _inflater.Dispose();

    /// <summary>Two lines of the filter that takes longest, and that most lines of photos have.</summary>
    private bool TryReadPair()
    {
        ReadOnlySpan<byte> two = _inflater.Peek(2 * (_length + 1));
        if (two.Length < 2 * (_length + 1) || two[0] != PngFilter.Paeth || two[_length + 1] != PngFilter.Paeth)
        {
            return false;
        }

        PngFilter.UndoPaethPair(
            two.Slice(1, _length), two.Slice(_length + 2, _length), Line(_previous), Line(_current), Line(_next), _stride);
        _inflater.Take(two.Length);
        _hasNext = true;
        return true;
    }

    private Span<byte> Line(byte[] line) => line.AsSpan(0, _stride + _length);
}
