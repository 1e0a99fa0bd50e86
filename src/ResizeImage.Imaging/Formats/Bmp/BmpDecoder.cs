using System.Buffers.Binary;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Decodes bitmaps of Windows and OS/2, all versions. Calibrated color (CIEXYZ end points) is treated as sRGB.</summary>
internal sealed class BmpDecoder : ImageDecoder
{
    // The longest known header has 124 bytes. Text that happens to begin with BM claims hundreds of millions.
    public const int LargestHeader = ushort.MaxValue;

    private readonly ByteSource _file;
    private readonly BmpContents _contents;

    private BmpDecoder(ByteSource file, BmpContents contents)
    {
        _file = file;
        _contents = contents;
        Info = new(ImageFormat.Bmp, contents.Header.Width, contents.Header.Height, Orientation: 1);
    }

    public override ImageInfo Info { get; }

    public override ReadOnlyMemory<byte> ReadIccProfile()
    {
        (int start, int length) = _contents.IccProfile.GetOffsetAndLength(_file.Length);
        return _file.Read(start, length);
    }

    /// <summary>The file begins as a BMP does, as far as it goes.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) =>
        file.StartsWith("BM"u8)
        && (file.Length < BmpHeader.Offset + sizeof(uint)
            || BinaryPrimitives.ReadUInt32LittleEndian(file[BmpHeader.Offset..]) is >= BmpHeader.CoreSize and <= (uint)LargestHeader);

    /// <summary>Reads everything but the pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">The file is not a BMP, or is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is of a kind that is not read.</exception>
    public static BmpDecoder Read(ByteSource file) => new(file, BmpContents.Parse(file));

    public override ImageDetails Describe() => _contents.Describe(base.Describe());

    public override long EstimateWork(DecodeWindow window) => 3L * window.Width * window.Height;

    public override long EstimateMemory(DecodeWindow window) =>
        (_contents.Header.BitDepth < 8 ? window.Width : 0)
        + (_contents.Header.HasRuns ? BmpRunRows.EstimateMemory(_contents.Header, _file.Length) : 0);

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file has no pixels.</exception>
    /// <exception cref="ImageLimitException">A row is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        BmpHeader header = _contents.Header;
        const long WidestPixel = 4;
        ArrayLength.Of(Math.Max(header.HasRuns ? BmpRunRows.RowBytes(header) : 0, window.Width * WidestPixel), "bytes of a row");
        BmpRows rows = header.HasRuns ? new BmpRunRows(_file, _contents) : new BmpStoredRows(_file, _contents);
        if (rows.Count == 0)
        {
            throw BmpErrors.TruncatedBeforeFirstRow();
        }

        if (_contents.Colors is { } colors)
        {
            // Runs are expanded to a byte for each index.
            int bits = header.HasRuns ? 8 : header.BitDepth;
            return new BmpRowReader(header, window, rows, colors.Layout, BmpPixels.ConversionFor(bits, colors, window.Width));
        }

        BmpMasks masks = BmpAlpha.IsUsed(header.BitDepth, _contents.Masks, rows, _file.Work) ? _contents.Masks : _contents.Masks with { Alpha = 0 };
        PixelLayout layout = masks.Alpha != 0 ? PixelLayout.Rgba8 : PixelLayout.Rgbx8;
        return new BmpRowReader(header, window, rows, layout, BmpPixels.ConversionFor(header.BitDepth, masks));
    }
}
