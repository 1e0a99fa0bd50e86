namespace ResizeImage.Imaging.Formats;

/// <summary>
/// The bytes of a file, or of a part of it, as far as they have arrived, and the meter of the work on them. The length is known from the
/// start: the end of the arrived bytes is not the end of the file. Decoders read only bytes that they have waited for.
/// </summary>
internal readonly struct ByteSource
{
    private readonly IArrival? _arrival;
    private readonly int _start;

    /// <param name="buffer">As long as the file. Only arrived bytes may be read.</param>
    /// <param name="work">The meter; the same for all parts of a file.</param>
    /// <param name="arrival">Fills the buffer from its beginning; null if the file is complete.</param>
    public ByteSource(ReadOnlyMemory<byte> buffer, WorkMeter work, IArrival? arrival = null)
        : this(buffer, work, arrival, start: 0)
    {
    }

    private ByteSource(ReadOnlyMemory<byte> buffer, WorkMeter work, IArrival? arrival, int start) =>
        (Buffer, Work, _arrival, _start) = (buffer, work, arrival, start);

    /// <summary>Bytes of the file or part, arrived or not.</summary>
    public int Length => Buffer.Length;

    /// <summary>True if all of it has arrived.</summary>
    public bool HasArrived => _arrival is null || _arrival.WaitFor(0) >= _start + Length;

    public WorkMeter Work { get; }

    /// <summary>For hot loops: the bytes up to the last <see cref="WaitFor"/>; those that follow are undefined.</summary>
    public ReadOnlyMemory<byte> Buffer { get; }

    /// <summary>A complete file whose work has no limit and is not canceled.</summary>
    public static implicit operator ByteSource(ReadOnlyMemory<byte> bytes) => new(bytes, new WorkMeter());

    /// <inheritdoc cref="op_Implicit(ReadOnlyMemory{byte})"/>
    public static implicit operator ByteSource(byte[] bytes) => new(bytes, new WorkMeter());

    /// <summary>Waits until the bytes before an offset have arrived, or all if there are fewer.</summary>
    /// <returns>All bytes that have arrived.</returns>
    public ReadOnlySpan<byte> WaitFor(long end) => _arrival is null ? Buffer.Span : WaitForArrival(_arrival, end);

    /// <summary>Waits for the last byte. A call before the first row of pixels keeps decoding from overlapping with the download.</summary>
    public ReadOnlySpan<byte> WaitForAll() => WaitFor(Length);

    /// <summary>Waits for a range.</summary>
    /// <param name="start">Offset of its first byte.</param>
    /// <param name="length">The range must be within the file or part.</param>
    public ReadOnlyMemory<byte> Read(int start, int length)
    {
        WaitFor((long)start + length);
        return Buffer.Slice(start, length);
    }

    /// <summary>A part. Does not wait.</summary>
    public ByteSource Slice(int start, int length) => new(Buffer.Slice(start, length), Work, _arrival, _start + start);

    /// <summary>The part from an offset on. Does not wait.</summary>
    public ByteSource Slice(int start) => Slice(start, Length - start);

    private ReadOnlySpan<byte> WaitForArrival(IArrival arrival, long end)
    {
        int arrived = arrival.WaitFor(_start + (int)Math.Min(end, Length)) - _start;
        return Buffer.Span[..Math.Clamp(arrived, 0, Length)];
    }
}
