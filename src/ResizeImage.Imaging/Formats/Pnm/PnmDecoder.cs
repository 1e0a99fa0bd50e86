using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>Decodes PBM, PGM, PPM and PAM of Netpbm. Of a file with several images, the first one. Samples count as sRGB, as in other programs.</summary>
internal sealed class PnmDecoder : ImageDecoder
{
    /// <summary>More than the header of a file without a long comment.</summary>
    private const int ExaminedBytes = 4096;

    private readonly ByteSource _file;
    private readonly PnmHeader _header;

    private PnmDecoder(ByteSource file, PnmHeader header)
    {
        _file = file;
        _header = header;
        Info = new(ImageFormat.Pbm, header.Width, header.Height, Orientation: 1);
    }

    public override ImageInfo Info { get; }

    public override ColorModel ColorModel => _header.Depth <= 2 ? ColorModel.Gray : ColorModel.Rgb;

    /// <inheritdoc cref="PnmHeader.Matches"/>
    public static bool Matches(ReadOnlySpan<byte> file) => PnmHeader.Matches(file, ExaminedBytes);

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">The header is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">A PAM has a tuple type that is not read.</exception>
    public static PnmDecoder Read(ByteSource file) => new(file, PnmHeader.Parse(file));

    public override ImageDetails Describe() => base.Describe() with
    {
        BitsPerSample = System.Numerics.BitOperations.Log2((uint)_header.MaxValue) + 1,
        HasAlpha = _header.HasAlpha,
        Compression = _header.IsPlain ? "none, plain text" : "none",
    };

    public override long EstimateWork(DecodeWindow window) => 3L * window.Width * window.Height;

    public override long EstimateMemory(DecodeWindow window) => _header.IsPlain ? _header.SampleRowBytes : 0;

    /// <inheritdoc/>
    /// <exception cref="ImageLimitException">A row is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        ArrayLength.Of(_header.SampleRowBytes, "bytes of a row");
        return new PnmRowReader(_header, window, _header.IsPlain ? new PnmPlainRows(_file, _header) : new PnmRawRows(_file, _header));
    }
}
