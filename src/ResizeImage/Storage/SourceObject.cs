namespace ResizeImage.Storage;

/// <summary>An object that was read or is being read, in a rented buffer that goes back when this is disposed.</summary>
internal sealed class SourceObject : IDisposable
{
    private byte[]? _rented;

    /// <summary>Takes over the buffer.</summary>
    /// <param name="rented">From <see cref="PhotoBuffer"/>.</param>
    /// <param name="length">Size of the object in bytes.</param>
    /// <param name="etag">The object's ETag, without quotes.</param>
    /// <param name="arrival">Fills the buffer, and is disposed with this; null if it is full.</param>
    public SourceObject(byte[] rented, int length, string etag, BodyArrival? arrival = null)
    {
        _rented = rented;
        Arrival = arrival;
        Length = length;
        ETag = etag;
    }

    /// <summary>Size of the object in bytes.</summary>
    public int Length { get; }

    /// <summary>The object, as far as it has arrived; not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, Length);

    /// <summary>Fills <see cref="Bytes"/>; null if that is done.</summary>
    public BodyArrival? Arrival { get; }

    /// <summary>The object's ETag, without quotes.</summary>
    public string ETag { get; }

    /// <summary>x-amz-meta-focus: where the subject is, as whoever uploaded the photo says; null if it has none.</summary>
    public string? Focus { get; set; }

    /// <summary>
    /// An ETag as headers have it, without the quotes and, from stores that have such, without the mark of a weak one (W/); empty where there is none.
    /// </summary>
    public static string Unquoted(string? etag)
    {
        string text = (etag ?? string.Empty).Trim();
        return (text.StartsWith("W/\"", StringComparison.Ordinal) ? text[2..] : text).Trim('"');
    }

    /// <summary>Returns the buffer and drops the reference to it: an async state machine may hold this object for longer.</summary>
    public void Dispose()
    {
        if (_rented is { } buffer)
        {
            _rented = null;
            Arrival?.Dispose();
            PhotoBuffer.Return(buffer);
        }
    }
}
