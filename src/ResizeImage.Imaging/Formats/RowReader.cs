using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>Delivers the rows of a <see cref="DecodeWindow"/> from top to bottom.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>How the samples of a row lie.</summary>
    public abstract PixelLayout Layout { get; }

    /// <summary>Writes the next row; called exactly window.Height times.</summary>
    /// <param name="row">window.Width pixels of <see cref="Layout"/>.</param>
    public abstract void ReadRow(Span<byte> row);

    /// <summary>What a person should know once all rows are read, for example that the file was truncated; null if nothing.</summary>
    public string? Note { get; protected set; }

    /// <summary>Returns what was rented.</summary>
    public virtual void Dispose()
    {
    }
}
