using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A frame's position on its canvas, and its data in the file.</summary>
/// <param name="X">Columns of the canvas to the left of the frame.</param>
/// <param name="Y">Rows of the canvas above the frame.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="IsLossless">VP8L instead of VP8.</param>
/// <param name="HasAlpha">The frame can have transparent pixels.</param>
/// <param name="Image">The payload of the VP8 or VP8L chunk, as far as the file has it.</param>
/// <param name="Alpha">The payload of the ALPH chunk that belongs to VP8; null if there is none.</param>
internal sealed record WebPFrame(
    int X, int Y, int Width, int Height, bool IsLossless, bool HasAlpha, ByteSource Image, ByteSource? Alpha)
{
    /// <summary>Reads the header of an image's data.</summary>
    /// <param name="file">The file, or the payload of a frame chunk.</param>
    /// <param name="chunk">VP8 or VP8L.</param>
    /// <param name="alpha">The ALPH chunk before it; null if there is none.</param>
    /// <exception cref="InvalidImageException">The chunk is not an image, or ends before its size.</exception>
    public static WebPFrame Parse(ByteSource file, RiffChunk chunk, RiffChunk? alpha)
    {
        ByteSource image = chunk.Payload(file);
        bool lossless = chunk.Type == RiffChunk.Vp8L;
        if (image.Length < (lossless ? Vp8LHeader.Size : Vp8FrameTag.Size))
        {
            throw WebPErrors.TruncatedInHeader();
        }

        if (lossless)
        {
            Vp8LHeader header = Vp8LHeader.Parse(image.WaitFor(Vp8LHeader.Size));
            return new(0, 0, header.Width, header.Height, true, header.HasAlpha, image, null);
        }

        Vp8FrameTag tag = Vp8FrameTag.Parse(image.WaitFor(Vp8FrameTag.Size));
        return new(0, 0, tag.Width, tag.Height, false, alpha is not null, image, alpha?.Payload(file));
    }

    /// <summary>Work of <see cref="Open"/> and reading all rows, in the units of <see cref="ImageDecoder.EstimateWork"/>.</summary>
    public long EstimateWork(DecodeWindow window)
    {
        // Lossless: all transforms, and the last predictor. Lossy: macroblocks of 384 zero coefficients, without halving. Alpha: its filter, and
        // joining its rows with those of the colors.
        const int LosslessPixel = 10;
        const int LossyPixel = 9;
        const int LoopFilter = 4;
        int alpha = LosslessPixel + (window.WillBeDownscaled ? 9 : 25);
        long pixel = IsLossless ? LosslessPixel : LossyPixel + (window.WillBeDownscaled ? 0 : LoopFilter) + (HasAlpha ? alpha : 0);
        return pixel * Width * Height;
    }

    /// <summary>Bytes that <see cref="Open"/> allocates.</summary>
    public long EstimateMemory(DecodeWindow window)
    {
        if (IsLossless)
        {
            return LosslessRows.EstimateMemory(Width, Height, Image.Length);
        }

        return LossyRows.EstimateMemory(Width, window) + (Alpha is { } alpha ? AlphaRows.EstimateMemory(Width, Height, alpha.Length) : 0);
    }

    /// <summary>Starts one decoding of an opaque lossy frame for windows of several scales.</summary>
    public FrameRows[] OpenLossy(IReadOnlyList<DecodeWindow> windows) => LossyRows.Open(Image, windows);

    /// <summary>Starts decoding.</summary>
    /// <param name="window">In the frame's coordinates.</param>
    public FrameRows Open(DecodeWindow window)
    {
        if (IsLossless)
        {
            return new LosslessRows(Image, window, HasAlpha);
        }

        LossyRows color = LossyRows.Open(Image, [window])[0];
        return Alpha is { } alpha ? new TranslucentRows(color, new AlphaRows(alpha, Width, Height), window) : color;
    }
}
