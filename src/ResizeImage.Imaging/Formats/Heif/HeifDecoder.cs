using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>
/// Decodes the primary image of HEIF files (ISO/IEC 23008-12): a coded picture, a grid or an overlay of such, or a JPEG image. The orientation is
/// that of the item's properties; EXIF data repeats it and is ignored, as the standard demands. There is no shrink-on-load: halving luma instead of
/// doubling chroma saves a tenth of a photo's time and costs up to 5 points of SSIMULACRA2, because it averages codes, not light.
/// </summary>
internal sealed class HeifDecoder : ImageDecoder
{
    private readonly HeifContents _contents;
    private readonly HeifPicture _picture;
    private readonly HeifAlpha? _alpha;
    private readonly bool _isMain;
    private bool _hasSoughtFallback;
    private ImageDecoder? _fallback;

    /// <summary>An embedded thumbnail.</summary>
    public HeifDecoder(HeifContents contents, HeifPicture picture)
        : this(contents, picture, isMain: false)
    {
    }

    private HeifDecoder(HeifContents contents, HeifPicture picture, bool isMain)
    {
        _contents = contents;
        _picture = picture;
        _isMain = isMain;
        _alpha = isMain && picture.Tiles is not null ? HeifAuxiliary.AlphaOf(contents, picture) : null;
        HeifTransform transform = picture.Transform;
        Info = new(ImageFormat.Heic, transform.Width, transform.Height, transform.Orientation);
    }

    public override ImageInfo Info { get; }

    public override ColorModel ColorModel => _picture.Tiles?.Header.Chroma == ChromaFormat.Monochrome ? ColorModel.Gray : ColorModel.Rgb;

    public override YCbCrMatrix YCbCr => _picture.Color.Matrix;

    /// <summary>The largest embedded thumbnail.</summary>
    public override ImageDecoder? Fallback
    {
        get
        {
            if (!_hasSoughtFallback && _isMain)
            {
                _hasSoughtFallback = true;
                _fallback = HeifAuxiliary.ThumbnailOf(_contents, _picture);
            }

            return _fallback;
        }
    }

    /// <summary>The file begins with the brands of HEIF images other than AVIF.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => HeifBrands.Matches(file);

    /// <summary>Reads everything but the pixels.</summary>
    /// <exception cref="InvalidImageException">The file's description of the image is corrupt or truncated.</exception>
    /// <exception cref="UnsupportedImageException">The primary image is of a kind that is not read. The message names it.</exception>
    public static ImageDecoder Read(ByteSource file) => Read(file, PictureCodec.All);

    /// <summary>The same where HEVC is turned off: refuses it.</summary>
    /// <inheritdoc cref="Read(ByteSource)"/>
    public static ImageDecoder ReadWithoutHevc(ByteSource file) => Read(file, PictureCodec.WithoutHevc);

    /// <inheritdoc cref="Read(ByteSource)"/>
    /// <param name="file">The file.</param>
    /// <param name="codecs">The codecs of items.</param>
    public static ImageDecoder Read(ByteSource file, PictureCodec[] codecs)
    {
        HeifContents contents = HeifContents.Parse(file, codecs);
        HeifItem primary = contents.Primary;
        return primary.Type == BoxType.Jpeg
            ? new HeifJpeg(contents, primary)
            : new HeifDecoder(contents, HeifPicture.Resolve(contents, primary.Id), isMain: true);
    }

    public override ReadOnlyMemory<byte> ReadIccProfile() => _picture.Color.IccProfile;

    public override ColorEncoding ReadColorEncoding() => _picture.Color.ToEncoding();

    public override PhotoMetadata ReadMetadata() => _contents.ReadMetadata();

    public override ImageDetails Describe()
    {
        // All layers of an overlay have samples alike, or nearly so.
        TileGrid tiles = _picture.Tiles ?? _picture.Overlay!.Layers[0].Picture.Tiles!;
        return base.Describe() with
        {
            BitsPerSample = tiles.Header.LumaBits,
            Color = tiles.Header.Chroma switch
            {
                ChromaFormat.Monochrome => "gray",
                ChromaFormat.Yuv420 => "YCbCr 4:2:0",
                ChromaFormat.Yuv422 => "YCbCr 4:2:2",
                _ => "YCbCr 4:4:4",
            },
            HasAlpha = _alpha is not null,
            ColorProfile = _picture.Color.Name,
            Compression = _picture.Overlay is { } overlay ? $"HEVC, overlay of {overlay.Layers.Length}" : "HEVC",
            Tiles = tiles is { Columns: 1, Rows: 1 } || _picture.Overlay is not null ? null : new(tiles.Columns, tiles.Rows, tiles.TileWidth, tiles.TileHeight),
        };
    }

    public override long EstimateWork(DecodeWindow window) => _picture.Overlay is { } overlay
        ? OverlayRowReader.EstimateWork(overlay, InPicture(window))
        : HeifRowReader.EstimateWork(_picture.Tiles!, _picture.Color, _alpha, InPicture(window));

    public override long EstimateMemory(DecodeWindow window) => _picture.Overlay is { } overlay
        ? OverlayRowReader.EstimateMemory(overlay, InPicture(window))
        : HeifRowReader.EstimateMemory(_picture.Tiles!, _alpha, InPicture(window));

    /// <inheritdoc/>
    /// <exception cref="ImageException">No pixel can be read.</exception>
    public override RowReader Open(DecodeWindow window) => _picture.Overlay is { } overlay
        ? new OverlayRowReader(_contents, overlay, InPicture(window))
        : new HeifRowReader(_contents, _picture.Tiles!, _picture.Color, _alpha, InPicture(window));

    /// <summary>A window of the crop, in the coordinates of the stored picture.</summary>
    private DecodeWindow InPicture(DecodeWindow window) => window with
    {
        X = window.X + _picture.Transform.X,
        Y = window.Y + _picture.Transform.Y,
    };
}
