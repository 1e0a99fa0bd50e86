using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Ico;

/// <summary>
/// Decodes a bitmap in an icon: a BMP without BITMAPFILEHEADER whose biHeight counts the rows of the mask, too.
/// <code>
/// | BITMAPINFOHEADER | color table | XOR bitmap: the colors | AND bitmap: 1 bit a pixel, 1 is transparent |
/// </code>
/// </summary>
internal sealed class IcoBitmapDecoder : ImageDecoder
{
    /// <summary>Bytes of the longest header, masks and 256 colors.</summary>
    private const int LargestHead = BmpDecoder.LargestHeader + 16 + 1024;

    private const int HeightField = 8;

    private readonly ByteSource _image;
    private readonly BmpContents _contents;
    private readonly string? _note;

    private IcoBitmapDecoder(ByteSource image, BmpContents contents, string? note)
    {
        _image = image;
        _contents = contents;
        _note = note;
        Info = new(ImageFormat.Ico, contents.Header.Width, contents.Header.Height, Orientation: 1);
    }

    public override ImageInfo Info { get; }

    /// <summary>Reads everything but the pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="entry">A bitmap.</param>
    /// <param name="note">A note about the choice of the image; null if there is none.</param>
    /// <exception cref="InvalidImageException">The header is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The bitmap is of a kind that is not read.</exception>
    public static IcoBitmapDecoder Read(ByteSource file, IcoEntry entry, string? note)
    {
        // The parser of BMP expects BITMAPFILEHEADER; zeros in it say that the pixels follow the color table.
        ReadOnlySpan<byte> image = file.Read(entry.Offset, Math.Min(LargestHead, file.Length - entry.Offset)).Span;
        byte[] bmp = new byte[BmpHeader.Offset + image.Length];
        image.CopyTo(bmp.AsSpan(BmpHeader.Offset));
        Span<byte> height = bmp.AsSpan(BmpHeader.Offset + HeightField);
        BinaryPrimitives.WriteInt32LittleEndian(height, BinaryPrimitives.ReadInt32LittleEndian(height) / 2);
        BmpContents contents = BmpContents.Parse(new ByteSource(bmp, file.Work));
        if (contents.Header.HasRuns)
        {
            throw IcoErrors.Unsupported("an icon with run-length encoded pixels");
        }

        // Many directories give too few bytes.
        contents = contents with { PixelOffset = contents.PixelOffset - BmpHeader.Offset };
        long end = contents.PixelOffset + (contents.Header.Stride * contents.Header.Height);
        return new(file.Slice(entry.Offset, entry.Length >= end ? entry.Length : file.Length - entry.Offset), contents, note);
    }

    /// <summary>The mask is alpha.</summary>
    public override ImageDetails Describe() => _contents.Describe(base.Describe()) with { HasAlpha = true };

    public override long EstimateWork(DecodeWindow window) => 4L * window.Width * window.Height;

    public override long EstimateMemory(DecodeWindow window) => 2L * window.Width;

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file has no pixels.</exception>
    /// <exception cref="ImageLimitException">A row is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        BmpHeader header = _contents.Header;
        const long WidestPixel = 4;
        ArrayLength.Of(window.Width * WidestPixel, "bytes of a row");
        BmpStoredRows rows = new(_image, _contents);
        if (rows.Count == 0)
        {
            throw IcoErrors.TruncatedBeforeFirstRow();
        }

        RowReader reader = header.BitDepth == 32 && OfAlpha(window, rows) is { } ofAlpha ? ofAlpha : new IcoRowReader(_image, _contents, rows, window);
        return _note is null ? reader : new NotedRowReader(reader, _note);
    }

    /// <summary>Pixels with an alpha channel that is used. The mask then has no effect, as in browsers; null where all of it is 0.</summary>
    private BmpRowReader? OfAlpha(DecodeWindow window, BmpRows rows)
    {
        BmpMasks masks = _contents.Masks == BmpMasks.Default(32) ? _contents.Masks with { Alpha = 0xFF000000 } : _contents.Masks;
        return BmpAlpha.IsUsed(_contents.Header.BitDepth, masks, rows, _image.Work)
            ? new BmpRowReader(_contents.Header, window, rows, PixelLayout.Rgba8, BmpPixels.ConversionFor(32, masks))
            : null;
    }
}
