namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Decodes segments of one plane, one after the other, to rows of samples.</summary>
internal abstract class TiffSegmentDecoder : IDisposable
{
    /// <summary>Starts a segment.</summary>
    /// <param name="down">The row of segments.</param>
    /// <param name="across">The column of segments.</param>
    public abstract void Start(int down, int across);

    /// <summary>
    /// Decodes the next unit of rows (<see cref="TiffImage.RowsPerUnit"/>): samples as the file packs them, those of 16 and 32 bits in the
    /// machine's byte order.
    /// </summary>
    /// <param name="row">As wide as a segment; undefined if there is no row.</param>
    /// <returns>False if the data ends or is corrupt.</returns>
    public abstract bool TryReadRow(Span<byte> row);

    /// <summary>Rows were decoded from corrupt data.</summary>
    public abstract bool IsDamaged { get; }

    /// <summary>A segment that was started extends beyond the end of the file.</summary>
    public bool IsTruncated { get; protected set; }

    /// <summary>Returns rented buffers.</summary>
    public abstract void Dispose();
}
