using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Formats;

/// <summary>Samples of one row as a decoder delivers them; interleaved, but for one.</summary>
internal enum PixelLayout
{
    /// <summary>One byte a pixel.</summary>
    Gray8,

    /// <summary>R, G, B bytes.</summary>
    Rgb8,

    /// <summary>R, G, B bytes and one without meaning: what vectors write fastest.</summary>
    Rgbx8,

    /// <summary>Y bytes of the whole row, then Cb, then Cr (JFIF 1.02 page 3): not interleaved, as vectors read it fastest.</summary>
    YCbCr8,

    /// <summary>R, G, B, A bytes, alpha straight.</summary>
    Rgba8,

    /// <summary>C, M, Y, K bytes: amounts of ink, 255 is full.</summary>
    Cmyk8,

    /// <summary>One ushort a pixel, in the machine's byte order.</summary>
    Gray16,

    /// <summary>R, G, B ushorts, in the machine's byte order.</summary>
    Rgb16,

    /// <summary>R, G, B, A ushorts, in the machine's byte order, alpha straight.</summary>
    Rgba16,
}

internal static class PixelLayouts
{
    /// <summary>Bytes that one pixel takes in a row.</summary>
    public static int BytesPerPixel(this PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => 1,
        PixelLayout.Rgb8 or PixelLayout.YCbCr8 => 3,
        PixelLayout.Rgbx8 or PixelLayout.Rgba8 or PixelLayout.Cmyk8 => 4,
        PixelLayout.Gray16 => 2,
        PixelLayout.Rgb16 => 6,
        _ => 8,
    };

    public static bool HasAlpha(this PixelLayout layout) => layout is PixelLayout.Rgba8 or PixelLayout.Rgba16;
}

/// <summary>
/// The part of a picture that is wanted, at a reduced scale. The picture at 1/<see cref="Scale"/> has
/// ceil(width / Scale) × ceil(height / Scale) pixels; pixel (x, y) of it covers the source pixels from
/// (x · Scale, y · Scale) up to but not including ((x + 1) · Scale, (y + 1) · Scale).
/// </summary>
/// <param name="Scale">1, or one of the decoder's <see cref="ImageDecoder.Scales"/>.</param>
/// <param name="X">First column, in pixels of the reduced picture.</param>
/// <param name="Y">First row, in pixels of the reduced picture.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
internal readonly record struct DecodeWindow(int Scale, int X, int Y, int Width, int Height)
{
    /// <summary>
    /// The picture will be made smaller by 4/3 or more in both directions: a decoder may leave out filters that hardly show after that.
    /// </summary>
    public bool Shrunk { get; init; }
}

/// <summary>
/// A picture whose header has been read and found good. Nothing in proportion to its pixels is allocated
/// before <see cref="Open"/>.
/// </summary>
internal abstract class ImageDecoder
{
    /// <summary>What the header says.</summary>
    public abstract ImageInfo Info { get; }

    /// <summary>The reductions that decoding itself can do cheaply besides 1, ascending; empty if none.</summary>
    public virtual ReadOnlySpan<int> Scales => default;

    /// <summary>The ICC profile that came with the picture, put together from its parts; empty if there is none.</summary>
    public virtual ReadOnlyMemory<byte> IccProfile => default;

    /// <summary>
    /// What samples are amounts of, as stored: gray stays gray where a layout has it three times. It decides which profiles fit.
    /// </summary>
    public virtual ColorModel ColorModel => ColorModel.Rgb;

    /// <summary>How samples stand for colors; by the ICC profile, unless a format says more.</summary>
    public virtual ColorEncoding ColorEncoding => ColorEncoding.OfIccProfile(IccProfile);

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

/// <summary>Delivers the rows of a <see cref="DecodeWindow"/> from top to bottom.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>How the samples of a row lie.</summary>
    public abstract PixelLayout Layout { get; }

    /// <summary>Writes the next row; called exactly window.Height times.</summary>
    /// <param name="row">window.Width pixels of <see cref="Layout"/>.</param>
    public abstract void ReadRow(Span<byte> row);

    /// <summary>What a person should know once all rows are read, for example that the file was cut off; null if nothing.</summary>
    public string? Note { get; protected set; }

    /// <summary>Returns what was rented.</summary>
    public virtual void Dispose()
    {
    }
}
