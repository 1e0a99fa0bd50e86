using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Bits of a segment, the highest of a byte first. Zeros follow the end; <see cref="Overrun"/> says whether any were taken.</summary>
internal sealed class TiffBitReader(TiffSegmentData data)
{
    private ReadOnlyMemory<byte> _piece;
    private int _at;
    private ulong _bits; // the next ones, from the highest down; below _count are bits that will be loaded again, or zeros
    private int _count;
    private bool _ended;
    private long _skipped;

    /// <summary>More bits were taken than there are.</summary>
    public bool Overrun => _ended && _count < 0;

    /// <summary>All bits were taken.</summary>
    public bool IsAtEnd
    {
        get
        {
            Load();
            return _ended && _count <= 0;
        }
    }

    /// <summary>Starts a segment.</summary>
    /// <inheritdoc cref="TiffSegmentData.Start"/>
    public void Start(TiffSegment segment, bool invert = false)
    {
        data.Start(segment, invert);
        (_piece, _at, _bits, _count, _ended, _skipped) = (default, 0, 0, 0, false, 0);
    }

    /// <summary>The next bits, without taking them.</summary>
    /// <param name="count">1 to 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek(int count)
    {
        if (_count < count)
        {
            Load();
        }

        return (int)(_bits >> (64 - count));
    }

    /// <summary>Takes bits that were peeked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _bits <<= count;
        _count -= count;
        _skipped += count;
    }

    /// <summary>Takes bits.</summary>
    /// <param name="count">1 to 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        int bits = Peek(count);
        Skip(count);
        return bits;
    }

    /// <summary>Skips to a multiple of so many bits from the segment's first one.</summary>
    public void Align(int bits)
    {
        int rest = (int)(_skipped % bits);
        if (rest > 0)
        {
            Take(bits - rest);
        }
    }

    private void Load()
    {
        while (_count <= 56 && !_ended)
        {
            ReadOnlySpan<byte> rest = _piece.Span[_at..];
            if (rest.Length >= sizeof(ulong) && _count >= 0)
            {
                _bits |= BinaryPrimitives.ReadUInt64BigEndian(rest) >> _count;
                _at += (63 - _count) >> 3;
                _count |= 56;
                return;
            }

            if (rest.IsEmpty)
            {
                (_piece, _at) = (data.Next(), 0);
                _ended = _piece.IsEmpty;
                continue;
            }

            _bits |= (ulong)rest[0] << (56 - _count);
            _count += 8;
            _at++;
        }
    }
}
