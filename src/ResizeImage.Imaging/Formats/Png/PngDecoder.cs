using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// Decodes PNG (W3C third edition): every color type and bit depth, interlaced or not, with transparency. Samples come out as stored: gamma
/// and profile are not applied here. For an APNG, the decoder shows the default image.
/// </summary>
internal sealed class PngDecoder : ImageDecoder
{
    // Deflate makes at most 258 bytes from two bits.
    private const int MaxExpansion = 1032;

    private readonly ByteSource _file;
    private readonly PngContents _contents;

    private PngDecoder(ByteSource file, PngContents contents)
    {
        _file = file;
        _contents = contents;
        Info = new(ImageFormat.Png, contents.Header.Width, contents.Header.Height, contents.Orientation);
    }

    public override ImageInfo Info { get; }

    public override ColorEncoding ReadColorEncoding() => _contents.ColorSpace.ToEncoding(_file.Work);

    public override ColorModel ColorModel =>
        _contents.Header.ColorType is PngColorType.Grayscale or PngColorType.GrayscaleAlpha ? ColorModel.Gray : ColorModel.Rgb;

    /// <summary>exiftool puts XMP behind the pixels: <see cref="WithLateMetadata"/>.</summary>
    public override PhotoMetadata ReadMetadata() => PngMetadata.Find(_contents.IsWhole ? _file : _file.Slice(0, _contents.DataOffset!.Value));

    /// <inheritdoc/>
    public override ImageDecoder WithLateMetadata()
    {
        if (_contents.IsWhole)
        {
            return this;
        }

        _file.WaitForAll();
        return Read(_file);
    }

    public override ImageDetails Describe() => base.Describe() with
    {
        BitsPerSample = _contents.Header.BitDepth,
        Color = _contents.Header.ColorType switch
        {
            PngColorType.Grayscale or PngColorType.GrayscaleAlpha => "gray",
            PngColorType.Indexed => "palette",
            _ => "RGB",
        },
        HasAlpha = _contents.Header.ColorType is PngColorType.GrayscaleAlpha or PngColorType.TruecolorAlpha || _contents.Transparency is not null,
        Compression = _contents.Header.Interlaced ? "Deflate, interlaced" : "Deflate",
    };

    /// <summary>The eight bytes that every PNG starts with (PNG 5.2).</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file begins with the signature of PNG.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Reads everything but the pixels.</summary>
    /// <param name="file">The whole file; its beginning up to the header's end is enough for <see cref="Info"/>.</param>
    /// <exception cref="InvalidImageException">The file is not a PNG, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file has an unknown critical chunk.</exception>
    public static PngDecoder Read(ByteSource file) => new(file, PngContents.Parse(file));

    public override long EstimateMemory(DecodeWindow window)
    {
        PngHeader header = _contents.Header;
        long lines = 3 * (header.BytesPerPixel + header.ScanlineBytes(header.Width));
        long unpacked = header.BitDepth < 8 ? window.Width : 0;
        long pixels = header.Interlaced ? PngInterlacedRowReader.BufferBytes(header, window) : 0;
        return Inflater.EstimateMemory(2 * (header.ScanlineBytes(header.Width) + 1)) + lines + unpacked + pixels;
    }

    /// <summary>The slowest filters wait for the pixel on the left. Added to it: 16 bits, the passes, and pixels that become more channels.</summary>
    public override long EstimateWork(DecodeWindow window)
    {
        const int Row = 25;
        PngHeader header = _contents.Header;
        bool isDeepColor = header.BitDepth == 16 && header.ColorType != PngColorType.Grayscale;
        int pixel = 3
            + (isDeepColor ? 3 : header.BitDepth / 16)
            + (header.ColorType == PngColorType.GrayscaleAlpha ? 2 : 0)
            + (_contents.Transparency is null ? 0 : isDeepColor ? 5 : 1)
            + (header.Interlaced ? 1 : 0);
        long rows = header.Interlaced ? header.Height : window.Y + (long)window.Height;
        return rows * ((pixel * (long)header.Width) + Row);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file has no pixels.</exception>
    /// <exception cref="ImageLimitException">A row, or the window of an interlaced image, is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        PngHeader header = _contents.Header;
        if (_contents.DataOffset is not int dataOffset)
        {
            throw PngErrors.TruncatedBeforeFirstRow();
        }

        // Refuses a tiny file that claims enormous rows before any memory is allocated for them.
        int firstWidth = header.Interlaced ? Adam7.Passes[0].Width(header.Width) : header.Width;
        if (header.ScanlineBytes(firstWidth) > (long)(_file.Length - dataOffset) * MaxExpansion)
        {
            throw PngErrors.TruncatedBeforeFirstRow();
        }

        (PngConversion convert, PixelLayout layout) = PngPixels.ConversionFor(header, _contents.Palette, _contents.Transparency);
        long longest = header.ScanlineBytes(header.Width);
        ArrayLength.Of(Math.Max((2 * (longest + header.BytesPerPixel)) + Inflater.Overhead, (long)window.Width * layout.BytesPerPixel()), "bytes of a row");
        if (header.Interlaced)
        {
            ArrayLength.Of((long)window.Width + Adam7.Block, "bytes of a row");
            ArrayLength.Of(PngInterlacedRowReader.BufferBytes(header, window), "bytes of interlaced pixels");
        }

        PngScanlines scanlines = new(_file, _contents, (int)longest, ScanlineBytes(window));
        return header.Interlaced
            ? new PngInterlacedRowReader(header, window, scanlines, layout, convert, _file.Work)
            : new PngRowReader(header, window, scanlines, layout, convert, _file.Work);
    }

    /// <summary>Bytes of all scanlines that a window needs, filter types included.</summary>
    private long ScanlineBytes(DecodeWindow window)
    {
        PngHeader header = _contents.Header;
        if (!header.Interlaced)
        {
            return (window.Y + (long)window.Height) * (header.ScanlineBytes(header.Width) + 1);
        }

        long bytes = 0;
        foreach (Adam7Pass pass in Adam7.Passes)
        {
            int width = pass.Width(header.Width);
            bytes += width == 0 ? 0 : pass.Height(header.Height) * (header.ScanlineBytes(width) + 1);
        }

        return bytes;
    }
}
