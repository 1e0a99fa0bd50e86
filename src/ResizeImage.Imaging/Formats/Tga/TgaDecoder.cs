using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>Decodes TGA (Truevision TGA File Format Specification 2.0), types 1, 2, 3, 9, 10 and 11.</summary>
internal sealed class TgaDecoder : ImageDecoder
{
    private readonly ByteSource _file;
    private readonly TgaHeader _header;

    private TgaDecoder(ByteSource file, TgaHeader header)
    {
        _file = file;
        _header = header;
        Info = new(ImageFormat.Tga, header.Width, header.Height, Orientation: 1);
    }

    public override ImageInfo Info { get; }

    public override ColorModel ColorModel => _header.Kind is TgaKind.Gray or TgaKind.GrayAlpha ? ColorModel.Gray : ColorModel.Rgb;

    /// <summary>
    /// TGA has no signature at its beginning, and the one at the end is missing in many files and after each truncation. The header decides: each
    /// field has a value that TGA defines, first index and length of a color map that is not there are 0 (or the footer is there), and the file has room for
    /// half of the pixels. Of random bytes, less than one file in 10¹² passes: without a color map, 7 bytes have at most one to five values each;
    /// with one, 3 have, and its first index and length make at most 256.
    /// </summary>
    public static bool Matches(ByteSource file)
    {
        if (TgaHeader.Parse(file.WaitFor(TgaHeader.Size), out bool hasStrayMap) is not { } header)
        {
            return false;
        }

        bool hasRoom = file.Length - header.PixelOffset >= Math.Max(1, (header.LeastBytes - header.PixelOffset) / 2);
        return hasRoom && (!hasStrayMap || TgaFooter.IsIn(file.WaitForAll()));
    }

    /// <summary>Reads the header of a file that <see cref="Matches"/>.</summary>
    /// <param name="file">The whole file.</param>
    public static TgaDecoder Read(ByteSource file) => new(file, TgaHeader.Parse(file.WaitFor(TgaHeader.Size), out _)!.Value);

    public override ImageDetails Describe() => base.Describe() with
    {
        BitsPerSample = _header is { Kind: TgaKind.Color, BitsPerPixel: <= 16 } ? 5 : 8,
        Color = _header.Kind switch { TgaKind.Indexed => "palette", TgaKind.Color => "RGB", _ => "gray" },
        HasAlpha = _header.AlphaBits > 0,
        Compression = _header.IsRunLength ? "RLE" : "none",
    };

    /// <summary>Channels within a pixel are extracted by masks; alpha is looked for in all pixels first.</summary>
    public override long EstimateWork(DecodeWindow window)
    {
        int pixel = _header.PixelBytes switch
        {
            1 => 3,
            4 => 16,
            _ => 10,
        };
        return ((long)pixel * window.Width * window.Height) + (_header.IsRunLength ? (long)_header.Width * _header.Height : 0);
    }

    public override long EstimateMemory(DecodeWindow window) => _header.IsRunLength ? TgaRunRows.EstimateMemory(_header) : 0;

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file has no pixels.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        BmpRows rows = _header.IsRunLength ? new TgaRunRows(_file, _header) : new TgaStoredRows(_file, _header);
        if (rows.Count == 0)
        {
            throw TgaErrors.TruncatedBeforeFirstRow();
        }

        ColorTable? map = null;
        TgaAttributes? attributes = null;
        if (_header.Kind == TgaKind.Indexed)
        {
            map = TgaPixels.Map(_header, _file.Read(_header.MapOffset, _header.PixelOffset - _header.MapOffset).Span);
        }
        else if (_header.PixelBytes is 2 or 4)
        {
            attributes = TgaFooter.ReadAttributes(_file.WaitForAll());
        }

        (PixelLayout layout, BmpConversion convert) = TgaPixels.ConversionFor(_header, map, rows, attributes, _file.Work);
        return new TgaRowReader(_header, window, rows, layout, convert, _file.Work);
    }
}
