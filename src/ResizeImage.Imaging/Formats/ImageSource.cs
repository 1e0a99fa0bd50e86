namespace ResizeImage.Imaging.Formats;

/// <summary>The bytes of a file or of a part of it, and the meter of the work that is done on them.</summary>
/// <param name="Bytes">All of them.</param>
/// <param name="Work">The meter; the same for all parts of a file.</param>
internal readonly record struct ImageSource(ReadOnlyMemory<byte> Bytes, WorkMeter Work)
{
    public int Length => Bytes.Length;

    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>Bytes whose work nobody limits or cancels.</summary>
    public static implicit operator ImageSource(ReadOnlyMemory<byte> bytes) => new(bytes, new WorkMeter());

    /// <inheritdoc cref="op_Implicit(ReadOnlyMemory{byte})"/>
    public static implicit operator ImageSource(byte[] bytes) => new(bytes, new WorkMeter());

    /// <summary>A part.</summary>
    public ImageSource Slice(int start, int length) => new(Bytes.Slice(start, length), Work);

    /// <summary>The part from an offset on.</summary>
    public ImageSource Slice(int start) => new(Bytes[start..], Work);
}
