using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Delivers rows of a TIFF. Parts whose data is missing or corrupt are blank.</summary>
internal sealed class TiffRowReader : RowReader
{
    private readonly ByteSource _file;
    private readonly DecodeWindow _window;
    private readonly TiffPlane[] _planes;
    private readonly TiffPixels _pixels;
    private int _y;
    private bool _isBlankInParts;

    /// <param name="file">The whole file.</param>
    /// <param name="window">At scale 1.</param>
    /// <param name="planes">Those of <see cref="TiffPixels.PlanesFor"/>. Disposed with this object.</param>
    /// <param name="pixels">The conversion.</param>
    public TiffRowReader(ByteSource file, DecodeWindow window, TiffPlane[] planes, TiffPixels pixels)
    {
        (_file, _window, _planes, _pixels) = (file, window, planes, pixels);
        _y = window.Y;
    }

    public override PixelLayout Layout => _pixels.Layout;

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The data is corrupt, or ends, before the end of the first row.</exception>
    public override void ReadRow(Span<byte> row)
    {
        _file.Work.Check();
        foreach (TiffPlane plane in _planes)
        {
            plane.Read(_y);
        }

        _pixels.Convert(_planes, row);
        bool isBlank = true;
        for (int across = 0; across < _planes[0].Across; across++)
        {
            if (IsMissing(across))
            {
                Blank(row, _planes[0].ColumnsInWindow(across));
                _isBlankInParts = true;
            }
            else
            {
                isBlank = false;
            }
        }

        if (isBlank && _y == _window.Y)
        {
            throw Array.Exists(_planes, plane => plane.IsTruncated) ? TiffErrors.TruncatedBeforeFirstRow(_file) : TiffErrors.CorruptFirstRow();
        }

        _y++;
        if (_isBlankInParts || Array.Exists(_planes, plane => plane.IsDamaged))
        {
            Note = "The TIFF is truncated or corrupt; the parts that could not be decoded are blank.";
        }
    }

    public override void Dispose()
    {
        foreach (TiffPlane plane in _planes)
        {
            plane.Dispose();
        }

        base.Dispose();
    }

    private bool IsMissing(int across)
    {
        foreach (TiffPlane plane in _planes)
        {
            if (plane.IsMissing(across))
            {
                return true;
            }
        }

        return false;
    }

    private void Blank(Span<byte> row, Range columns)
    {
        int planes = Layout.IsPlanar() ? 3 : 1;
        int size = Layout.BytesPerPixel() / planes;
        int start = columns.Start.Value;
        int width = columns.End.Value - start;
        for (int plane = 0; plane < planes; plane++)
        {
            BlankRow.Fill(row.Slice(((plane * _window.Width) + start) * size, width * size), Layout);
        }
    }
}
