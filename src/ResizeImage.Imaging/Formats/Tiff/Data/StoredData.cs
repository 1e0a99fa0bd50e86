namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Rows without compression.</summary>
internal sealed class StoredData(TiffSegmentData data) : TiffDataDecoder
{
    private ReadOnlyMemory<byte> _piece;

    public override void Start(TiffSegment segment, long bytes)
    {
        data.Start(segment);
        _piece = default;
    }

    public override bool TryReadRow(Span<byte> row)
    {
        while (!row.IsEmpty)
        {
            if (_piece.IsEmpty)
            {
                _piece = data.Next();
                if (_piece.IsEmpty)
                {
                    return false;
                }
            }

            int count = Math.Min(row.Length, _piece.Length);
            _piece.Span[..count].CopyTo(row);
            _piece = _piece[count..];
            row = row[count..];
        }

        return true;
    }
}
