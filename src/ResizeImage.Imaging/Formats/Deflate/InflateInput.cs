using System.Buffers;
using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>
/// The bits of a Deflate stream, least significant first (RFC 1951, 3.1.1), read through a buffer. Zeros follow the end, so loading needs no
/// check; <see cref="Overrun"/> says whether any were taken.
/// </summary>
internal sealed class InflateInput(Stream source) : IDisposable
{
    /// <summary>Bytes that can be taken after <see cref="Fill"/>, even beyond the end. A block's header has fewer.</summary>
    public const int Margin = 512;

    private const int Capacity = 32 * 1024;

    private int _length;

    /// <summary>The buffer. Eight bytes can be read at any offset up to <see cref="Margin"/> beyond the end.</summary>
    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(Capacity + (2 * Margin));

    /// <summary>The next bits, in the lowest positions. Bits from <see cref="Count"/> on are undefined.</summary>
    public ulong Bits { get; set; }

    /// <summary>The number of valid <see cref="Bits"/>.</summary>
    public int Count { get; set; }

    /// <summary>Offset in <see cref="Bytes"/> of the next byte to load.</summary>
    public int Position { get; set; }

    /// <summary>From this offset on, call <see cref="Fill"/>, or check <see cref="Overrun"/> once the end has been read.</summary>
    public int RefillPosition => _length - Margin;

    /// <summary>The buffer has the last byte of the stream.</summary>
    public bool Ended { get; private set; }

    /// <summary>More bits were taken than the stream has.</summary>
    public bool Overrun => 8 * (Position - _length) > Count;

    /// <summary>Forgets everything that was read: the source has other data.</summary>
    public void Restart()
    {
        (Bits, Count, Position, _length, Ended) = (0, 0, 0, 0, false);
        Bytes.AsSpan(0, 2 * Margin).Clear();
    }

    /// <summary>Refills the buffer if less than <see cref="Margin"/> is left.</summary>
    public void Fill()
    {
        if (Ended || Position <= RefillPosition)
        {
            return;
        }

        int kept = Math.Max(0, _length - Position);
        Bytes.AsSpan(Position, kept).CopyTo(Bytes);
        Position = 0;
        _length = kept;
        while (_length < Capacity && !Ended)
        {
            int read = source.Read(Bytes.AsSpan(_length, Capacity - _length));
            _length += read;
            Ended = read == 0;
        }

        Bytes.AsSpan(_length, 2 * Margin).Clear();
    }

    /// <summary>Loads at least 56 bits.</summary>
    public void Load()
    {
        Bits |= BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(Position)) << Count;
        Position += (63 - Count) >> 3;
        Count |= 56;
    }

    /// <summary>Takes 0 to 32 bits.</summary>
    public int Take(int count)
    {
        if (Count < count)
        {
            Load();
        }

        int bits = (int)(Bits & ((1UL << count) - 1));
        Bits >>= count;
        Count -= count;
        return bits;
    }

    /// <summary>Skips the rest of the current byte, and unloads whole bytes.</summary>
    public void Align()
    {
        Take(Count & 7);
        Position -= Count >> 3;
        Bits = 0;
        Count = 0;
    }

    /// <summary>Copies buffered bytes. Call <see cref="Align"/> first.</summary>
    public int Read(Span<byte> bytes)
    {
        int count = Math.Clamp(_length - Position, 0, bytes.Length);
        Bytes.AsSpan(Position, count).CopyTo(bytes);
        Position += count;
        return count;
    }

    /// <summary>Reports corrupt data. Zeros beyond the end can mean anything, so after an overrun the stream is truncated, not corrupt.</summary>
    /// <exception cref="InvalidDataException">The condition is false, and nothing was overrun.</exception>
    public void Require(bool condition, string fault)
    {
        if (!condition && !Overrun)
        {
            throw new InvalidDataException(fault);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
}
