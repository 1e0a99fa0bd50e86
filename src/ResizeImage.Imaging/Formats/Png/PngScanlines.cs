namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Inflates and unfilters scanlines (PNG 9 and 10), holding the current one, its neighbours and no more.</summary>
internal sealed class PngScanlines : IDisposable
{
    private readonly PngDataStream _data;
    private readonly Inflater _inflater;
    private readonly int _stride;

    // A row of zeros stands left of the first pixel, and another above the first line, so that the filters need no special cases.
    private byte[] _current;
    private byte[] _previous;
    private byte[] _next;
    private int _length;
    private int _linesLeft;
    private bool _hasNext;

    /// <param name="file">The whole file.</param>
    /// <param name="offset">Of the first IDAT chunk.</param>
    /// <param name="bytesPerPixel">The distance at which filters look to the left.</param>
    /// <param name="longest">Bytes of the longest scanline to come.</param>
    public PngScanlines(ReadOnlyMemory<byte> file, int offset, int bytesPerPixel, int longest)
    {
        _data = new(file, offset);
        _inflater = new(_data, 2 * (longest + 1));
        _stride = bytesPerPixel;
        _current = new byte[bytesPerPixel + longest];
        _previous = new byte[bytesPerPixel + longest];
        _next = new byte[bytesPerPixel + longest];
    }

    /// <summary>The last scanline read, unfiltered; valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => _current.AsSpan(_stride, _length);

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
    /// <returns>False if the file ends before the scanline does.</returns>
    /// <exception cref="InvalidImageException">The data is damaged, or too short although the file goes on.</exception>
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

        ReadOnlySpan<byte> filtered = Inflate(_length + 1);
        if (filtered.Length <= _length)
        {
            return _data.CutOff
                ? false
                : throw new InvalidImageException("The PNG is damaged: it has less pixel data than its header says. Send an undamaged copy.");
        }

        PngFilter.Undo(filtered[0], filtered[1..], Line(_previous), Line(_current), _stride);
        return true;
    }

    /// <summary>After the last scanline: checks what else the file says about the data, its Adler-32 and the CRCs of its chunks.</summary>
    /// <exception cref="InvalidImageException">A checksum does not match.</exception>
    public void Finish()
    {
        // What follows the last scanline is ignored, as libpng does; inflating it would serve only those who send bombs.
        if (Inflate(1).IsEmpty)
        {
            Span<byte> skipped = stackalloc byte[512];
            while (_data.Read(skipped) > 0)
            {
            }
        }
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

    private ReadOnlySpan<byte> Inflate(int count)
    {
        try
        {
            return _inflater.Take(count);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidImageException("The PNG is damaged: its compressed pixel data is broken. Send an undamaged copy.", e);
        }
    }
}
