using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats;

/// <summary>
/// An image whose header has been read and is valid. Nothing in proportion to its pixels is allocated before <see cref="Open"/>.
/// </summary>
internal abstract class ImageDecoder
{
    /// <summary>Format, size and orientation from the header.</summary>
    public abstract ImageInfo Info { get; }

    /// <summary>The reductions of shrink-on-load, ascending; empty if there are none.</summary>
    public virtual ReadOnlySpan<DecoderScale> Scales => default;

    /// <summary>The embedded ICC profile, assembled; empty if there is none. Waits for the profile, in a BMP for the whole file.</summary>
    public virtual ReadOnlyMemory<byte> ReadIccProfile() => default;

    /// <summary>
    /// The channels of stored samples: gray stays gray even if a layout has it three times. The model decides which profiles fit.
    /// </summary>
    public virtual ColorModel ColorModel => ColorModel.Rgb;

    /// <summary>The color encoding of samples: from the ICC profile, unless a format has other means. Reads the profile: call once.</summary>
    public virtual ColorEncoding ReadColorEncoding() => ColorEncoding.OfIccProfile(ReadIccProfile());

    /// <summary>Metadata that can name the subject of the image. Waits for the metadata, which some formats store behind the pixels.</summary>
    public virtual PhotoMetadata ReadMetadata() => default;

    /// <summary>
    /// A decoder that knows the metadata behind the pixels as well, if this one did not wait for it, so that decoding can begin: waits for the
    /// whole file. This one, if it knows everything.
    /// </summary>
    public virtual ImageDecoder WithLateMetadata() => this;

    /// <summary>What the file says before the pixels. Reads the profile.</summary>
    public virtual ImageDetails Describe() => new(Info)
    {
        Color = ColorModel switch { ColorModel.Gray => "gray", ColorModel.Cmyk => "CMYK", _ => "RGB" },
        ColorProfile = ReadColorEncoding().Name,
    };

    /// <summary>
    /// A smaller image in the file, such as a camera's thumbnail, that stands in where the main image exceeds a limit or cannot be read; null if
    /// there is none.
    /// </summary>
    public virtual ImageDecoder? Fallback => null;

    /// <summary>The matrix of YCbCr rows.</summary>
    public virtual YCbCrMatrix YCbCr => YCbCrMatrix.Jfif;

    /// <summary>
    /// Work of decoding a window that a small file can ask for (<see cref="WorkMeter"/>): the time of the worst pixels that cost no bytes. Time
    /// in proportion to the file is not counted.
    /// </summary>
    public virtual long EstimateWork(DecodeWindow window) => 5L * Info.Width * Info.Height;

    /// <summary>Estimated bytes that <see cref="Open"/> allocates, without the file.</summary>
    public abstract long EstimateMemory(DecodeWindow window);

    /// <summary>Decodes what must be decoded before the first row. <see cref="OpenShared"/> does it, too.</summary>
    /// <param name="windows">Those of <see cref="OpenShared"/>.</param>
    /// <returns>False if the file turned out to need more memory: ask for the estimate again, then call this again.</returns>
    public virtual bool TryPrepare(IReadOnlyList<DecodeWindow> windows) => true;

    /// <summary>Starts decoding. Call once, or <see cref="OpenShared"/>.</summary>
    public abstract RowReader Open(DecodeWindow window);

    /// <summary>True if one decoding can deliver both windows, each as if it were the only one.</summary>
    public virtual bool CanShare(DecodeWindow one, DecodeWindow other) => one.Eighths == other.Eighths && one.WillBeDownscaled == other.WillBeDownscaled;

    /// <summary>Starts one decoding of windows that can share it. Call once.</summary>
    /// <returns>A reader for each window. Of all next rows, the one with the lowest <see cref="DecodeWindow.SourceEnd"/> must be read first.</returns>
    public virtual RowReader[] OpenShared(IReadOnlyList<DecodeWindow> windows) =>
        windows.Count == 1 ? [Open(windows[0])] : SharedRows.Split(Open(DecodeWindow.Union(windows)), windows);

    /// <summary><see cref="EstimateWork"/> of windows that share a decoding.</summary>
    public virtual long EstimateSharedWork(IReadOnlyList<DecodeWindow> windows) => EstimateWork(DecodeWindow.Union(windows));

    /// <summary><see cref="EstimateMemory"/> of windows that share a decoding.</summary>
    public virtual long EstimateSharedMemory(IReadOnlyList<DecodeWindow> windows) => EstimateMemory(DecodeWindow.Union(windows));
}
