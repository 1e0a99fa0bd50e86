using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>Delivers the rows of a window.</summary>
/// <param name="header">The file's header.</param>
/// <param name="window">At scale 1.</param>
/// <param name="rows">The stored rows.</param>
internal sealed class PnmRowReader(PnmHeader header, DecodeWindow window, PnmRows rows) : RowReader
{
    private readonly PnmSamples _samples = new(header);
    private int _y = window.Y;

    public override PixelLayout Layout => _samples.Layout;

    public override void ReadRow(Span<byte> row)
    {
        ReadOnlySpan<byte> stored = rows.Read(_y++);
        if (!stored.IsEmpty)
        {
            _samples.Convert(stored, window.X, row);
            return;
        }

        Note = rows.Count > 0
            ? $"The Netpbm image is truncated or corrupt: only {rows.Count} of its {header.Height} rows can be read; the others are blank."
            : throw PnmErrors.TruncatedBeforeFirstRow();
        BlankRow.Fill(row, Layout);
    }
}
