using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Qoi;

/// <summary>Decodes QOI, the Quite OK Image format (specification 1.0, qoiformat.org).</summary>
internal sealed class QoiDecoder : ImageDecoder
{
    private readonly ByteSource _file;
    private readonly QoiHeader _header;

    private QoiDecoder(ByteSource file, QoiHeader header)
    {
        _file = file;
        _header = header;
        Info = new(ImageFormat.Qoi, header.Width, header.Height, Orientation: 1);
    }

    public override ImageInfo Info { get; }

    /// <summary>The file begins with the signature of QOI.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => file.StartsWith("qoif"u8);

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">The header is corrupt.</exception>
    public static QoiDecoder Read(ByteSource file) => new(file, QoiHeader.Parse(file.WaitFor(QoiHeader.Size)));

    public override ColorEncoding ReadColorEncoding() =>
        _header.IsLinear ? ColorEncoding.OfRgb(RgbPrimaries.Bt709, ParametricCurve.Identity, "sRGB linear") : ColorEncoding.Srgb;

    public override ImageDetails Describe() => base.Describe() with { HasAlpha = _header.HasAlpha, Compression = "QOI" };

    // One byte can stand for 62 pixels.
    public override long EstimateWork(DecodeWindow window) => 2L * _header.Width * ((long)window.Y + window.Height);

    public override long EstimateMemory(DecodeWindow window) => QoiRowReader.BufferBytes(_header);

    /// <inheritdoc/>
    /// <exception cref="ImageLimitException">A row is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        ArrayLength.Of(QoiRowReader.BufferBytes(_header), "bytes of a row");
        return new QoiRowReader(_file, _header, window);
    }
}
