using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>
/// An image whose header has been read and found good. Nothing in proportion to its pixels is allocated
/// before <see cref="Open"/>.
/// </summary>
internal abstract class ImageDecoder
{
    /// <summary>What the header says.</summary>
    public abstract ImageInfo Info { get; }

    /// <summary>The reductions that decoding itself can do cheaply besides 1, ascending; empty if none.</summary>
    public virtual ReadOnlySpan<int> Scales => default;

    /// <summary>The embedded ICC profile, put together from its parts; empty if there is none. Waits for it, in a BMP for the whole file.</summary>
    public virtual ReadOnlyMemory<byte> ReadIccProfile() => default;

    /// <summary>
    /// What samples are amounts of, as stored: gray stays gray where a layout has it three times. It decides which profiles fit.
    /// </summary>
    public virtual ColorModel ColorModel => ColorModel.Rgb;

    /// <summary>How samples stand for colors; by the ICC profile, unless a format says more. Reads the profile: call once.</summary>
    public virtual ColorEncoding ReadColorEncoding() => ColorEncoding.OfIccProfile(ReadIccProfile());

    /// <summary>What samples stand for where rows are YCbCr.</summary>
    public virtual YCbCrMatrix YCbCr => YCbCrMatrix.Jfif;

    /// <summary>
    /// Work of decoding a window that a small file can ask for (<see cref="WorkMeter"/>): what the worst pixels take that cost no bytes. Time
    /// in proportion to the file is not counted.
    /// </summary>
    public virtual long EstimateWork(DecodeWindow window) => 5L * Info.Width * Info.Height;

    /// <summary>Estimated bytes that <see cref="Open"/> will hold besides the file.</summary>
    public abstract long EstimateMemory(DecodeWindow window);

    /// <summary>Starts decoding. Call once.</summary>
    public abstract RowReader Open(DecodeWindow window);
}
