using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>Delivers the rows of a <see cref="DecodeWindow"/> from top to bottom.</summary>
internal abstract class RowReader : IDisposable
{
    public abstract PixelLayout Layout { get; }

    /// <summary>Writes the next row. Called exactly window.Height times.</summary>
    /// <param name="row">window.Width pixels of <see cref="Layout"/>.</param>
    public abstract void ReadRow(Span<byte> row);

    /// <summary>A note for the user once all rows are read, for example that the file is truncated; null if there is none.</summary>
    public virtual string? Note { get; protected set; }

    /// <summary>Returns rented buffers.</summary>
    public virtual void Dispose()
    {
    }
}
