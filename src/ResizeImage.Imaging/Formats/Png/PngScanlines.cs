namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Inflates and unfilters scanlines (PNG 9 and 10), holding the current and the previous one.</summary>
internal sealed class PngScanlines : IDisposable
{
    private readonly PngDataStream _data;
    private readonly Inflater _inflater;
    private readonly int _stride;

    // A row of zeros stands left of the first pixel, and another above the first line, so that the filters need no special cases.
    private byte[] _current;
    private byte[] _previous;
    private int _length;

    /// <param name="file">The whole file.</param>
    /// <param name="offset">Of the first IDAT chunk.</param>
    /// <param name="bytesPerPixel">The distance at which filters look to the left.</param>
    /// <param name="longest">Bytes of the longest scanline to come.</param>
    public PngScanlines(ReadOnlyMemory<byte> file, int offset, int bytesPerPixel, int longest)
    {
        _data = new(file, offset);
        _inflater = new(_data, longest + 1);
        _stride = bytesPerPixel;
        _current = new byte[bytesPerPixel + longest];
        _previous = new byte[bytesPerPixel + longest];
    }

    /// <summary>The last scanline read, unfiltered; valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => _current.AsSpan(_stride, _length);

    /// <summary>Starts a picture, or an interlace pass: the line above the first one is zero (PNG 9.2).</summary>
    /// <param name="length">Bytes of its scanlines.</param>
    public void Begin(int length)
    {
        _length = length;
        Array.Clear(_current);
    }

    /// <summary>Reads the next scanline into <see cref="Current"/>.</summary>
    /// <returns>False if the file ends before the scanline does.</returns>
    /// <exception cref="InvalidImageException">The data is damaged, or too short although the file goes on.</exception>
    public bool TryRead()
    {
        (_current, _previous) = (_previous, _current);

        ReadOnlySpan<byte> filtered = Inflate(_length + 1);
        if (filtered.Length <= _length)
        {
            return _data.CutOff
                ? false
                : throw new InvalidImageException("The PNG is damaged: it has less pixel data than its header says. Send an undamaged copy.");
        }

        PngFilter.Undo(filtered[0], filtered[1..], _previous.AsSpan(0, _stride + _length), _current.AsSpan(0, _stride + _length), _stride);
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
