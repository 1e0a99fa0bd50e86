using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Decodes WebP (RFC 9649): lossy (VP8 key frames, RFC 6386) with or without alpha, lossless (VP8L), and the first frame of animations. As in
/// browsers, the canvas of an animation is transparent where the frame does not cover it.
/// </summary>
internal sealed class WebPDecoder : ImageDecoder
{
    private static readonly DecoderScale[] Half = [new(4)];

    private readonly ByteSource _file;
    private readonly WebPContents _contents;

    private WebPDecoder(ByteSource file, WebPContents contents)
    {
        _file = file;
        _contents = contents;
        Info = new(ImageFormat.WebP, contents.Width, contents.Height, contents.Orientation);
    }

    public override ImageInfo Info { get; }

    public override YCbCrMatrix YCbCr => YCbCrMatrix.Bt601Limited;

    public override ReadOnlyMemory<byte> ReadIccProfile() => _contents.IccProfile;

    /// <summary>
    /// Shrink-on-load: opaque lossy images are halved before color conversion, because chroma has half the size anyway. That saves most of
    /// conversion and resampling, a third of the time of a 12-megapixel photo's thumbnail. Compared with the thumbnail of the photo before
    /// encoding, it costs 0.6 points of SSIMULACRA2 (95.0 instead of 95.7, mean of 7 photos with cwebp -q 80). A quarter would cost 2 more and
    /// save nothing. With alpha, a mean that ignores alpha would be wrong.
    /// </summary>
    public override ReadOnlySpan<DecoderScale> Scales =>
        _contents.Frame is { IsLossless: false, HasAlpha: false } frame && CoversCanvas(frame) ? Half : default;

    /// <summary>The file begins with the signature of WebP.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) => WebPContents.Matches(file);

    /// <summary>Reads everything but the pixels.</summary>
    /// <param name="file">The whole file; its beginning up to the size is enough for <see cref="Info"/>.</param>
    /// <exception cref="InvalidImageException">The header is corrupt or truncated.</exception>
    public static WebPDecoder Read(ByteSource file) => new(file, WebPContents.Parse(file));

    /// <summary>Waits for the whole file if its header announces metadata.</summary>
    public override PhotoMetadata ReadMetadata() => WebPMetadata.Find(_file);

    public override ImageDetails Describe() => _contents.Frame is not { } frame ? base.Describe() : base.Describe() with
    {
        Color = frame.IsLossless ? "RGB" : "YCbCr 4:2:0",
        HasAlpha = frame.HasAlpha || !CoversCanvas(frame),
        Compression = frame.IsLossless ? "VP8L, lossless" : "VP8, lossy",
    };

    public override long EstimateWork(DecodeWindow window) => _contents.Frame?.EstimateWork(window) ?? 0;

    public override long EstimateMemory(DecodeWindow window) => _contents.Frame?.EstimateMemory(window) ?? 0;

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The file has no pixels.</exception>
    /// <exception cref="ImageLimitException">The tables of prefix codes exceed <see cref="PrefixCodes.MaxMemory"/>.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        WebPFrame frame = _contents.Frame ?? throw WebPErrors.TruncatedBeforeFirstRow();
        return new WebPRowReader(frame, CoversCanvas(frame), window, frame.Open);
    }

    /// <summary>Both scales of <see cref="Scales"/> share the decoding of macroblocks.</summary>
    public override bool CanShare(DecodeWindow one, DecodeWindow other) => one.WillBeDownscaled == other.WillBeDownscaled;

    public override RowReader[] OpenShared(IReadOnlyList<DecodeWindow> windows)
    {
        if (windows.All(window => window.Eighths == windows[0].Eighths))
        {
            return base.OpenShared(windows);
        }

        WebPFrame frame = _contents.Frame!;
        FrameRows[] rows = frame.OpenLossy(windows);
        return [.. windows.Select((window, i) => new WebPRowReader(frame, coversCanvas: true, window, _ => rows[i]))];
    }

    public override long EstimateSharedWork(IReadOnlyList<DecodeWindow> windows) => windows.Max(EstimateWork);

    public override long EstimateSharedMemory(IReadOnlyList<DecodeWindow> windows) => windows.Sum(EstimateMemory);

    private bool CoversCanvas(WebPFrame frame) => frame.Width == Info.Width && frame.Height == Info.Height;
}
