namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Reads the pixels of an entropy-coded image row by row (RFC 9649, 3.6.2 and 3.7.3): literals, LZ77 copies, and the color cache.</summary>
internal sealed class EntropyCodedRows
{
    /// <summary>The longest distance of a copy in pixels: 2²⁰ less the 120 codes of near pixels, which reach less far.</summary>
    private const int MaxDistance = 1 << 20;

    // Units of work for a copy: it can take no bits at all and give one pixel.
    private const int WorkOfCopy = 30;

    // The multiplier of the color cache's hash (RFC 9649, 3.6.2.3).
    private const uint HashMultiplier = 0x1E35A7BD;

    private readonly int _width;
    private readonly PrefixCodes _codes;
    private readonly WorkMeter _work;
    private readonly uint[] _cache;
    private readonly int _cacheShift;

    // A ring buffer of whole rows, as many as copies can reach.
    private readonly uint[] _ring;
    private int _rowStart;
    private long _rows;
    private int _copyLength;
    private int _copyDistance;

    /// <param name="width">Width of the coded image in pixels.</param>
    /// <param name="height">Height of the coded image in pixels.</param>
    /// <param name="codes">The image's prefix codes.</param>
    /// <param name="work">Counts copies.</param>
    public EntropyCodedRows(int width, int height, PrefixCodes codes, WorkMeter work)
    {
        _width = width;
        _codes = codes;
        _work = work;
        _cache = codes.CacheBits > 0 ? new uint[1 << codes.CacheBits] : [];
        _cacheShift = 32 - codes.CacheBits;
        _ring = new uint[RingPixels(width, height)];
        _rowStart = _ring.Length - width;
    }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(int width, int height) => sizeof(uint) * (RingPixels(width, height) + (1L << PrefixCodes.MaxCacheBits));

    /// <summary>Reads the next row.</summary>
    /// <param name="source">Positioned at the row's beginning.</param>
    /// <param name="row">Pixels: alpha, red, green, blue from the highest byte down. Valid until the next call.</param>
    /// <returns>False if the data ends within the row, or is corrupt.</returns>
    public bool TryRead(scoped ref LosslessBitReader source, out ReadOnlySpan<uint> row)
    {
        _rowStart += _width;
        if (_rowStart == _ring.Length)
        {
            _rowStart = 0;
        }

        Span<uint> pixels = _ring.AsSpan(_rowStart, _width);
        row = pixels;
        LosslessBitReader bits = source;
        int x = CopyRest(0);
        int copies = 0;
        while (x < pixels.Length)
        {
            PrefixCodeGroup group = _codes.GroupAt(x, (int)_rows, out int end);
            end = Math.Min(end, pixels.Length);
            if (group.TryGetOnlyPixel(_cache, out uint only))
            {
                // One at a time, pixels took 9 ns each, and a file of 30 bytes can have 268 million of them.
                pixels[x..end].Fill(only);
                Remember(pixels.Slice(x, 1));
                x = end;
                continue;
            }

            x = ReadPixels(ref bits, group, pixels[..end], x, out int lengthSymbol);
            if (lengthSymbol < 0)
            {
                continue;
            }

            copies++;
            ReadCopy(ref bits, group, lengthSymbol);
            if (bits.IsExhausted || _copyDistance > (_rows * _width) + x)
            {
                return false;
            }

            x = CopyRest(x);
        }

        _work.Spend(copies * (long)WorkOfCopy);
        _rows++;
        source = bits;
        return !bits.IsExhausted;
    }

    private static long RingPixels(int width, int height) => (long)width * Math.Min(height, ((MaxDistance + width - 1) / width) + 1);

    /// <summary>Reads pixels from <paramref name="x"/> on, up to a copy or to the end.</summary>
    /// <returns>The column of the next pixel; in <paramref name="lengthSymbol"/> the symbol of the copy's length, or −1 at the end.</returns>
    private int ReadPixels(ref LosslessBitReader source, PrefixCodeGroup group, Span<uint> pixels, int x, out int lengthSymbol)
    {
        LosslessBitReader bits = source;
        uint[] cache = _cache;
        int shift = _cacheShift;
        lengthSymbol = -1;
        for (; x < pixels.Length; x++)
        {
            bits.Fill();
            if (!group.TryReadPixel(ref bits, cache, out uint argb))
            {
                lengthSymbol = (int)argb;
                break;
            }

            pixels[x] = argb;
            if (cache.Length > 0)
            {
                cache[(int)((argb * HashMultiplier) >> shift)] = argb;
            }
        }

        source = bits;
        return x;
    }

    private void ReadCopy(ref LosslessBitReader bits, PrefixCodeGroup group, int lengthSymbol)
    {
        _copyLength = ReadNumber(ref bits, lengthSymbol);
        bits.Fill();
        _copyDistance = PixelDistance.FromCode(ReadNumber(ref bits, group.Distance.Read(ref bits)), _width);
    }

    /// <summary>A length or distance from its prefix symbol and extra bits (RFC 9649, 3.6.2.2).</summary>
    private static int ReadNumber(ref LosslessBitReader bits, int symbol)
    {
        if (symbol < 4)
        {
            return symbol + 1;
        }

        int extraBits = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << extraBits) + (int)bits.Read(extraBits) + 1;
    }

    /// <summary>Continues a copy, up to the row's end.</summary>
    /// <returns>The column of the next pixel.</returns>
    private int CopyRest(int x)
    {
        while (_copyLength > 0 && x < _width)
        {
            int to = _rowStart + x;
            int from = to - _copyDistance;
            from += from < 0 ? _ring.Length : 0;
            int count = Math.Min(Math.Min(_copyLength, _width - x), _ring.Length - from);
            Copy(from, to, count);
            Remember(_ring.AsSpan(to, count));
            x += count;
            _copyLength -= count;
        }

        return x;
    }

    private void Copy(int from, int to, int count)
    {
        Span<uint> target = _ring.AsSpan(to, count);
        if (_copyDistance == 1)
        {
            target.Fill(_ring[from]);
        }
        else if (_copyDistance >= count)
        {
            _ring.AsSpan(from, count).CopyTo(target);
        }
        else
        {
            // Source and destination overlap: the copy repeats what it has written.
            ReadOnlySpan<uint> origin = _ring.AsSpan(from, count);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = origin[i];
            }
        }
    }

    private void Remember(ReadOnlySpan<uint> pixels)
    {
        uint[] cache = _cache;
        if (cache.Length == 0)
        {
            return;
        }

        foreach (uint argb in pixels)
        {
            cache[(int)((argb * HashMultiplier) >> _cacheShift)] = argb;
        }
    }
}
