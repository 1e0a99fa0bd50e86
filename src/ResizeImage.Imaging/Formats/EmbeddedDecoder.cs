using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>An image inside a file of another format: an icon's PNG, a raw photo's preview.</summary>
/// <param name="inner">Decodes the image.</param>
/// <param name="info">Format and orientation by the outer file; the size of <paramref name="inner"/>.</param>
/// <param name="note">A note about the choice of the image; null if there is none.</param>
internal sealed class EmbeddedDecoder(ImageDecoder inner, ImageInfo info, string? note) : ImageDecoder
{
    public override ImageInfo Info => info;

    public override ReadOnlySpan<DecoderScale> Scales => inner.Scales;

    public override ColorModel ColorModel => inner.ColorModel;

    public override YCbCrMatrix YCbCr => inner.YCbCr;

    public override ReadOnlyMemory<byte> ReadIccProfile() => inner.ReadIccProfile();

    public override ColorEncoding ReadColorEncoding() => inner.ReadColorEncoding();

    public override PhotoMetadata ReadMetadata() => inner.ReadMetadata();

    public override ImageDetails Describe() => inner.Describe() with { Info = info };

    public override long EstimateWork(DecodeWindow window) => inner.EstimateWork(window);

    public override long EstimateMemory(DecodeWindow window) => inner.EstimateMemory(window);

    public override RowReader Open(DecodeWindow window) => Noted(inner.Open(window));

    public override bool CanShare(DecodeWindow one, DecodeWindow other) => inner.CanShare(one, other);

    public override RowReader[] OpenShared(IReadOnlyList<DecodeWindow> windows) => Array.ConvertAll(inner.OpenShared(windows), Noted);

    public override long EstimateSharedWork(IReadOnlyList<DecodeWindow> windows) => inner.EstimateSharedWork(windows);

    public override long EstimateSharedMemory(IReadOnlyList<DecodeWindow> windows) => inner.EstimateSharedMemory(windows);

    private RowReader Noted(RowReader rows) => note is null ? rows : new NotedRowReader(rows, note);
}
