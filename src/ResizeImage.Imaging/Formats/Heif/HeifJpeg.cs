using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>An item that is a JPEG file (ISO/IEC 23008-12, annex H). The orientation is that of the item, not of its EXIF data.</summary>
internal sealed class HeifJpeg : ImageDecoder
{
    private readonly JpegDecoder _jpeg;

    /// <param name="contents">The file.</param>
    /// <param name="item">The item.</param>
    /// <param name="other">The transformation of an item without its own; null for none.</param>
    /// <exception cref="ImageException">The JPEG is corrupt or of a kind that is not read.</exception>
    public HeifJpeg(HeifContents contents, HeifItem item, HeifTransform? other = null)
    {
        List<ItemProperty> properties = contents.PropertiesOf(item.Id);
        HeifPicture.CheckReadable(item, properties, null);
        if (properties.Exists(property => property.Type is BoxType.Clap))
        {
            throw HeifErrors.Unsupported("has a cropped JPEG image");
        }

        ReadOnlyMemory<byte> data = contents.ReadData(item.Id);
        if (!JpegSegmentReader.Matches(data.Span))
        {
            throw HeifErrors.Unsupported("has a JPEG image in parts");
        }

        _jpeg = JpegDecoder.Read(new ByteSource(data, contents.Work));
        HeifTransform transform = new HeifTransform(0, 0, _jpeg.Info.Width, _jpeg.Info.Height).Then(properties);
        int orientation = HeifTransform.IsIn(properties) ? transform.Orientation : other?.Orientation ?? 1;
        Info = new(ImageFormat.Heic, _jpeg.Info.Width, _jpeg.Info.Height, orientation);
    }

    public override ImageInfo Info { get; }

    public override ReadOnlySpan<DecoderScale> Scales => _jpeg.Scales;

    public override ColorModel ColorModel => _jpeg.ColorModel;

    public override YCbCrMatrix YCbCr => _jpeg.YCbCr;

    public override ReadOnlyMemory<byte> ReadIccProfile() => _jpeg.ReadIccProfile();

    public override ColorEncoding ReadColorEncoding() => _jpeg.ReadColorEncoding();

    public override PhotoMetadata ReadMetadata() => _jpeg.ReadMetadata();

    public override ImageDetails Describe()
    {
        ImageDetails jpeg = _jpeg.Describe();
        return jpeg with { Info = Info, Compression = $"JPEG, {jpeg.Compression}" };
    }

    public override long EstimateWork(DecodeWindow window) => _jpeg.EstimateWork(window);

    public override long EstimateMemory(DecodeWindow window) => _jpeg.EstimateMemory(window);

    public override RowReader Open(DecodeWindow window) => _jpeg.Open(window);

    public override bool CanShare(DecodeWindow one, DecodeWindow other) => _jpeg.CanShare(one, other);

    public override RowReader[] OpenShared(IReadOnlyList<DecodeWindow> windows) => _jpeg.OpenShared(windows);

    public override long EstimateSharedWork(IReadOnlyList<DecodeWindow> windows) => _jpeg.EstimateSharedWork(windows);

    public override long EstimateSharedMemory(IReadOnlyList<DecodeWindow> windows) => _jpeg.EstimateSharedMemory(windows);
}
