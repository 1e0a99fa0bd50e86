using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Decodes the first frame of a GIF, 87a or 89a, on its canvas.</summary>
internal sealed class GifDecoder : ImageDecoder
{
    // Bytes of the LZW tables.
    private const int TableBytes = 48 << 10;

    private readonly ByteSource _file;
    private readonly GifContents _contents;

    private GifDecoder(ByteSource file, GifContents contents)
    {
        _file = file;
        _contents = contents;
        Info = new(ImageFormat.Gif, contents.Width, contents.Height, Orientation: 1);
    }

    public override ImageInfo Info { get; }

    /// <summary>The file begins with the signature of GIF (GIF89a, section 17).</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8);

    /// <summary>Reads everything up to the pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidImageException">The file has no frame, or an invalid one.</exception>
    public static GifDecoder Read(ByteSource file) => new(file, GifContents.Parse(file));

    public override ImageDetails Describe() => base.Describe() with
    {
        BitsPerSample = _contents.Frame.MinCodeSize,
        Color = "palette",
        HasAlpha = _contents.Colors.Layout.HasAlpha(),
        Compression = _contents.Frame.Interlaced ? "LZW, interlaced" : "LZW",
    };

    public override long EstimateWork(DecodeWindow window) => 3L * Info.Width * Info.Height;

    public override long EstimateMemory(DecodeWindow window) =>
        TableBytes + GifPixels.BufferBytes(_contents.Frame) + HeldBytes(window);

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file has no pixels.</exception>
    /// <exception cref="ImageLimitException">The window of an interlaced image is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        ArrayLength.Of(HeldBytes(window), "interlaced pixels");
        return new GifRowReader(_file, _contents, window);
    }

    private long HeldBytes(DecodeWindow window)
    {
        if (!_contents.Frame.Interlaced)
        {
            return 0;
        }

        (Range columns, Range rows) = _contents.Frame.PartIn(window);
        return GifInterlacedRows.BufferBytes(columns, rows);
    }
}
