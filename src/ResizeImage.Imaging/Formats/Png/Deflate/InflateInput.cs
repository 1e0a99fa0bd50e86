using System.Buffers;
using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// Bits of a Deflate stream, least significant first (RFC 1951, 3.1.1), read from a stream through a buffer. Zeros follow its end, so
/// that loading needs no check; who takes them is told by <see cref="Overrun"/>.
/// </summary>
internal sealed class InflateInput(Stream source) : IDisposable
{
    /// <summary>Bytes that can be taken after <see cref="Fill"/>, some of them perhaps beyond the end: more than the header of a block has.</summary>
    public const int Margin = 512;

    private const int Capacity = 32 * 1024;

    private int _length;

    /// <summary>The bytes in sight; eight of them can be read at any place that is not overrun by more than <see cref="Margin"/>.</summary>
    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(Capacity + (2 * Margin));

    /// <summary>The next bits, in the lowest places; those above the first <see cref="Count"/> are not to be relied on.</summary>
    public ulong Bits { get; set; }

    /// <summary>How many of <see cref="Bits"/> count.</summary>
    public int Count { get; set; }

    /// <summary>Of the next byte to load.</summary>
    public int Position { get; set; }

    /// <summary>From this place on, <see cref="Fill"/> has to be called, or, after the end is in sight, <see cref="Overrun"/> asked.</summary>
    public int Careful => _length - Margin;

    /// <summary>The end is in sight: nothing more will come.</summary>
    public bool Ended { get; private set; }

    /// <summary>More bits were taken than there are.</summary>
    public bool Overrun => 8 * (Position - _length) > Count;

    /// <summary>Reads on, if less than <see cref="Margin"/> is left.</summary>
    public void Fill()
    {
        if (Ended || Position <= Careful)
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

    /// <summary>Makes 56 bits available.</summary>
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

    /// <summary>Leaves out the rest of the current byte, and gives back whole bytes that were loaded.</summary>
    public void Align()
    {
        Take(Count & 7);
        Position -= Count >> 3;
        Bits = 0;
        Count = 0;
    }

    /// <summary>Copies bytes, after <see cref="Align"/>; as many as are in sight.</summary>
    public int Read(Span<byte> bytes)
    {
        int count = Math.Clamp(_length - Position, 0, bytes.Length);
        Bytes.AsSpan(Position, count).CopyTo(bytes);
        Position += count;
        return count;
    }

    /// <summary>Zeros that stand for what is missing may mean anything: then it is not a fault, but an early end.</summary>
    /// <exception cref="InvalidDataException">The condition does not hold, and nothing is missing.</exception>
    public void Require(bool condition, string fault)
    {
        if (!condition && !Overrun)
        {
            throw new InvalidDataException(fault);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
}
