using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers rows of a lossy frame (RFC 6386) at full or half size.</summary>
internal sealed class LossyRows : FrameRows
{
    private readonly DecodeWindow _window;
    private readonly MacroblockRows _rows;
    private readonly PlaneRows _planes;
    private readonly int _height;
    private int _y;
    private int _readable;
    private bool _cutOff;

    /// <param name="data">The payload of the VP8 chunk.</param>
    /// <param name="window">In the frame's coordinates.</param>
    /// <exception cref="InvalidImageException">The data ends before the first macroblock, or contradicts itself.</exception>
    public LossyRows(ByteSource data, DecodeWindow window)
    {
        var header = new Vp8Header(data);

        // A downscaled image needs neither the loop filter nor fancy upsampling of chroma, as in libwebp's own scaling. Compared with the
        // thumbnail of the photo before encoding, SSIMULACRA2 is 95.5 with them and 95.7 without (mean of 7 photos, cwebp -q 80; with -q 50,
        // 94.3 and 94.6).
        bool exact = !window.WillBeDownscaled;
        _window = window;
        _rows = new(header, filter: exact);
        _planes = new(_rows.Planes, header.Width, header.Height, window, fancy: exact);
        _height = header.Height;
        _y = window.Y;
    }

    public override PixelLayout Layout => PixelLayout.YCbCr8;

    public override int Readable => _readable;

    /// <summary>Bytes that an instance allocates for an image of a width.</summary>
    public static long EstimateMemory(int width, DecodeWindow window) => MacroblockRows.EstimateMemory(width) + PlaneRows.EstimateMemory(window);

    public override bool TryRead(Span<byte> row)
    {
        while (!_cutOff && _planes.LumaRowsFor(_y) > _readable)
        {
            DecodeRow();
        }

        if (Math.Min((_y + 1) * _window.Scale, _height) > _readable)
        {
            return false;
        }

        _planes.Read(_y, _readable, row);
        _y++;
        return true;
    }

    private void DecodeRow()
    {
        _cutOff = !_rows.TryDecode();
        int decoded = _rows.Decoded * MacroblockBuffer.LumaSize;

        // At the end of the image or the data, nothing changes the last rows any more.
        _readable = _cutOff || decoded >= _height ? Math.Min(decoded, _height) : decoded - _rows.Unfinished;
    }
}
