using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Inflates and unfilters scanlines (PNG 9 and 10). Holds only the current one and its neighbors.</summary>
internal sealed class PngScanlines : IDisposable
{
    private readonly PngDataStream _data;
    private readonly Inflater _inflater;
    private readonly PngChunk? _corruptChunk;
    private readonly int _stride;

    // Zeros stand left of the first pixel, and a row of zeros above the first line, so the filters need no special cases.
    private byte[] _current;
    private byte[] _previous;
    private byte[] _next;
    private int _length;
    private int _linesLeft;
    private bool _hasNext;
    private bool _hasInvalidFilter;

    /// <param name="file">The whole file.</param>
    /// <param name="contents">The file's contents, with pixels.</param>
    /// <param name="longest">Bytes of the longest scanline to come.</param>
    /// <param name="total">Bytes of all scanlines to read, filter types included.</param>
    public PngScanlines(ByteSource file, PngContents contents, int longest, long total)
    {
        _data = new(file, contents.DataOffset!.Value);
        _inflater = new(_data, 2 * (longest + 1), total, file.Work);
        _corruptChunk = contents.CorruptChunk;
        _stride = contents.Header.BytesPerPixel;
        _current = new byte[_stride + longest];
        _previous = new byte[_stride + longest];
        _next = new byte[_stride + longest];
    }

    /// <summary>The last scanline read, unfiltered; valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => _current.AsSpan(_stride, _length);

    /// <summary>Scanlines are missing because the file ends, not because it is corrupt.</summary>
    public bool IsTruncated => _data.IsTruncated && !_inflater.IsCorrupt && !_hasInvalidFilter;

    /// <summary>Starts an image, or an interlace pass: the line above the first one is zero (PNG 9.2).</summary>
    /// <param name="length">Bytes of a scanline.</param>
    /// <param name="lines">Number of scanlines.</param>
    public void Begin(int length, int lines)
    {
        _length = length;
        _linesLeft = lines;
        _hasNext = false;
        Array.Clear(_current);
    }

    /// <summary>Reads the next scanline into <see cref="Current"/>.</summary>
    /// <returns>False if the data ends, or is corrupt, before the scanline's end; then do not call it again.</returns>
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

    /// <summary>Checks what was not read against its checksums. Call it after the last scanline to read.</summary>
    /// <param name="isLast">The last scanline read is the image's last one.</param>
    /// <returns>A note on the checksum that does not match; null if none does.</returns>
    public string? CheckSums(bool isLast)
    {
        if (isLast)
        {
            // Data after the last scanline is ignored, as in libpng: inflating it would only help decompression bombs.
            _inflater.Peek(1);
        }

        PngChunk? corruptChunkAfter = _data.CheckRest();
        return PngNotes.OfChecksums(_data.CorruptChunk, _corruptChunk ?? corruptChunkAfter, _inflater.Checksum);
    }

    public void Dispose() => _inflater.Dispose();

    /// <summary>Reads two Paeth lines: the slowest filter, and the most frequent in photos.</summary>
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
