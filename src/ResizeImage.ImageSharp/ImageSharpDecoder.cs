using System.Runtime.InteropServices;
using ResizeImage.Imaging;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Qoi;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using ImageInfo = ResizeImage.Imaging.ImageInfo;

namespace ResizeImage.ImageSharp;

/// <summary>Decodes a whole image with ImageSharp, or the first frame of an animation.</summary>
internal sealed class ImageSharpDecoder : Imaging.Formats.ImageDecoder
{
    private static readonly DecoderScale[] JpegScales = [new(4), new(2), new(1)];

    private readonly ReadOnlyMemory<byte> _file;
    private readonly DecoderOptions _options;
    private readonly ReadOnlyMemory<byte> _iccProfile;

    private ImageSharpDecoder(ReadOnlyMemory<byte> file, DecoderOptions options, ImageInfo info, byte[]? iccProfile)
    {
        _file = file;
        _options = options;
        Info = info;
        _iccProfile = iccProfile;
    }

    /// <inheritdoc/>
    public override ImageInfo Info { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<DecoderScale> Scales => Info.Format == ImageFormat.Jpeg ? JpegScales : default;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ReadIccProfile() => _iccProfile;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maxBytes">The most bytes that decoding may allocate at a time.</param>
    /// <exception cref="ImageException">ImageSharp does not recognize the format, or cannot read the header.</exception>
    public static ImageSharpDecoder Read(ReadOnlyMemory<byte> file, long maxBytes)
    {
        TiffGuard.RefuseBigTiff(file.Span);
        Configuration configuration = Configuration.Default.Clone();
        configuration.MemoryAllocator = new LimitedMemoryAllocator(maxBytes);
        configuration.MaxDegreeOfParallelism = 1;
        DecoderOptions options = new() { Configuration = configuration, MaxFrames = 1 };
        (ImageInfo info, byte[]? iccProfile) = ImageSharpErrors.Translate(file, () =>
        {
            using Stream stream = OpenStream(file);
            SixLabors.ImageSharp.ImageInfo header = Image.Identify(options, stream);
            if (header.Metadata.DecodedImageFormat is TiffFormat)
            {
                TiffGuard.RefuseFax(header);
            }

            return (new ImageInfo(FormatOf(header.Metadata.DecodedImageFormat), header.Width, header.Height, OrientationOf(header)), ProfileOf(header));
        });
        return info.Width > 0 && info.Height > 0
            ? new ImageSharpDecoder(file, options, info, iccProfile)
            : throw new InvalidImageException($"The file is corrupt: its header says {info.Width} × {info.Height} pixels. {Advice.Corrupt}");
    }

    /// <summary>Counts the decoded image. <see cref="LimitedMemoryAllocator"/> limits the other allocations of ImageSharp.</summary>
    public override long EstimateMemory(DecodeWindow window)
    {
        const int BytesPerPixel = 4;
        return BytesPerPixel * (long)DecodeWindow.Reduce(Info.Width, window.Eighths) * DecodeWindow.Reduce(Info.Height, window.Eighths);
    }

    /// <inheritdoc/>
    public override RowReader Open(DecodeWindow window) => ImageSharpErrors.Translate<RowReader>(_file, () =>
    {
        using Stream stream = OpenStream(_file);
        Image<Rgba32> image = window.IsReduced ? LoadReducedJpeg(stream, window.Eighths) : Image.Load<Rgba32>(_options, stream);
        int width = DecodeWindow.Reduce(Info.Width, window.Eighths);
        int height = DecodeWindow.Reduce(Info.Height, window.Eighths);
        if (image.Width == width && image.Height == height)
        {
            return new ImageSharpRowReader(image, window);
        }

        image.Dispose();
        throw new InvalidImageException(
            $"The file is corrupt: it has {image.Width} × {image.Height} pixels, but its header says {width} × {height}. {Advice.Corrupt}");
    });

    /// <summary>Shrink-on-load: ImageSharp reduces to the smallest of 1, 2, 4 and 8 samples per block that reaches the target.</summary>
    private Image<Rgba32> LoadReducedJpeg(Stream stream, int eighths)
    {
        DecoderOptions reduced = new()
        {
            Configuration = _options.Configuration,
            TargetSize = new Size(DecodeWindow.Reduce(Info.Width, eighths), DecodeWindow.Reduce(Info.Height, eighths)),
        };
        return JpegDecoder.Instance.Decode<Rgba32>(new JpegDecoderOptions { GeneralOptions = reduced, ResizeMode = JpegDecoderResizeMode.IdctOnly }, stream);
    }

    private static MemoryStream OpenStream(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out ArraySegment<byte> array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(file.ToArray(), writable: false);

    private static ImageFormat FormatOf(IImageFormat? format) => format switch
    {
        JpegFormat => ImageFormat.Jpeg,
        PngFormat => ImageFormat.Png,
        GifFormat => ImageFormat.Gif,
        BmpFormat => ImageFormat.Bmp,
        WebpFormat => ImageFormat.WebP,
        TiffFormat => ImageFormat.Tiff,
        TgaFormat => ImageFormat.Tga,
        QoiFormat => ImageFormat.Qoi,
        PbmFormat => ImageFormat.Pbm,
        _ => throw new UnsupportedImageException($"The file is a {format?.Name} image; {ImageSharpErrors.Readable} are read. {Advice.Unsupported}"),
    };

    /// <summary>TIFF stores its tags with each frame, all other formats with the image.</summary>
    private static int OrientationOf(SixLabors.ImageSharp.ImageInfo header)
    {
        ExifProfile? exif = header.Metadata.ExifProfile ?? (header.FrameMetadataCollection is [var frame, ..] ? frame.ExifProfile : null);
        return exif is not null && exif.TryGetValue(ExifTag.Orientation, out IExifValue<ushort>? orientation) && orientation.Value is >= 1 and <= 8
            ? orientation.Value
            : 1;
    }

    /// <summary>
    /// The ICC profile as stored. TIFF stores it with each frame, all other formats with the image. ImageSharp 3.1.12 reads no profile with the
    /// header of a PNG.
    /// </summary>
    private static byte[]? ProfileOf(SixLabors.ImageSharp.ImageInfo header) =>
        (header.Metadata.IccProfile ?? (header.FrameMetadataCollection is [var frame, ..] ? frame.IccProfile : null))?.ToByteArray();
}
