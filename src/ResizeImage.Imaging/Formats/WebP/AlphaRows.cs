namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The alpha of a lossy frame (RFC 9649, 2.7.1.2): raw, or the green channel of a lossless image; filtered.</summary>
internal sealed class AlphaRows
{
    private const int HeaderSize = 1;

    private readonly Filter _filter;
    private readonly ByteSource _raw;
    private readonly LosslessImage? _compressed;
    private readonly bool _known;
    private byte[] _current;
    private byte[] _above;
    private int _y;

    /// <param name="data">The payload of the ALPH chunk, as far as the file has it.</param>
    /// <param name="width">Width of the frame.</param>
    /// <param name="height">Height of the frame.</param>
    public AlphaRows(ByteSource data, int width, int height)
    {
        _current = new byte[width];
        _above = new byte[width];
        if (data.Length <= HeaderSize)
        {
            return;
        }

        // Compression, filter, and the encoder's preprocessing; two bits are reserved and ignored.
        int header = data.WaitFor(HeaderSize)[0];
        _filter = (Filter)((header >> 2) & 3);
        switch (header & 3)
        {
            case 0:
                _known = true;
                _raw = data.Slice(HeaderSize);
                break;
            case 1:
                _compressed = LosslessImage.TryOpen(data.Slice(HeaderSize), width, height);
                _known = _compressed is not null;
                break;
        }
    }

    private enum Filter
    {
        None,
        Horizontal,
        Vertical,
        Gradient,
    }

    /// <summary>Bytes that an instance allocates.</summary>
    /// <param name="width">Width of the frame.</param>
    /// <param name="height">Height of the frame.</param>
    /// <param name="dataLength">Bytes of the payload.</param>
    public static long EstimateMemory(int width, int height, int dataLength) =>
        (2L * width) + LosslessImage.EstimateMemory(width, height, dataLength);

    /// <summary>Reads the next row.</summary>
    /// <param name="alpha">The whole row; valid until the next call.</param>
    /// <returns>False if the data ends, or is corrupt, before the row's end; then do not call it again.</returns>
    public bool TryRead(out ReadOnlySpan<byte> alpha)
    {
        (_current, _above) = (_above, _current);
        alpha = _current;
        if (!_known || !TryReadFiltered())
        {
            return false;
        }

        Unfilter();
        _y++;
        return true;
    }

    private bool TryReadFiltered()
    {
        if (_compressed is null)
        {
            long at = (long)_y * _current.Length;
            if (at > _raw.Length - _current.Length)
            {
                return false;
            }

            _raw.Read((int)at, _current.Length).Span.CopyTo(_current);
            return true;
        }

        if (!_compressed.TryRead(out ReadOnlySpan<uint> pixels))
        {
            return false;
        }

        for (int x = 0; x < _current.Length; x++)
        {
            _current[x] = (byte)(pixels[x] >> 8);
        }

        return true;
    }

    private void Unfilter()
    {
        // In the first row, all filters predict from the left. In other rows, the first sample is predicted from above.
        Span<byte> row = _current;
        ReadOnlySpan<byte> above = _above;
        Filter filter = _y == 0 && _filter != Filter.None ? Filter.Horizontal : _filter;
        if (filter != Filter.None && _y > 0)
        {
            row[0] += above[0];
        }

        switch (filter)
        {
            case Filter.Horizontal:
                for (int x = 1; x < row.Length; x++)
                {
                    row[x] += row[x - 1];
                }

                break;
            case Filter.Vertical:
                for (int x = 1; x < row.Length; x++)
                {
                    row[x] += above[x];
                }

                break;
            case Filter.Gradient:
                for (int x = 1; x < row.Length; x++)
                {
                    row[x] += (byte)Math.Clamp(row[x - 1] + above[x] - above[x - 1], 0, 255);
                }

                break;
        }
    }
}
