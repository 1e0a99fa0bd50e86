using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>A table-based image (GIF89a, sections 20 to 22).</summary>
/// <param name="Left">Columns of the canvas to the left of the frame.</param>
/// <param name="Top">Rows of the canvas above the frame.</param>
/// <param name="Width">1 to 65535 pixels.</param>
/// <param name="Height">1 to 65535 pixels.</param>
/// <param name="Interlaced">Rows are in the order of appendix E.</param>
/// <param name="MinCodeSize">Bits of a pixel in the LZW data.</param>
/// <param name="DataOffset">Offset of the first sub-block of LZW data.</param>
internal readonly record struct GifFrame(int Left, int Top, int Width, int Height, bool Interlaced, int MinCodeSize, int DataOffset)
{
    public int Right => Left + Width;

    public int Bottom => Top + Height;

    /// <summary>The part of the frame that a window of the canvas shows, in the frame's coordinates; may be empty.</summary>
    public (Range Columns, Range Rows) PartIn(DecodeWindow window) =>
        (Clip(window.X - Left, window.Width, Width), Clip(window.Y - Top, window.Height, Height));

    private static Range Clip(int start, int count, int size) => Math.Clamp(start, 0, size)..Math.Clamp(start + count, 0, size);
}
