using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Everything in a WebP file but the pixels (RFC 9649, 2.3 to 2.7).</summary>
/// <param name="Width">Width of the canvas in pixels.</param>
/// <param name="Height">Height of the canvas in pixels.</param>
/// <param name="Frame">The image, or the first frame of an animation; null if the file ends before it.</param>
/// <param name="IccProfile">Empty if there is none.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
internal sealed record WebPContents(int Width, int Height, WebPFrame? Frame, ReadOnlyMemory<byte> IccProfile, int Orientation)
{
    private const int FileHeaderSize = 12;
    private const int ExtendedHeaderSize = 10;
    private const int FrameHeaderSize = 16;

    /// <summary>The flag in the extended header's first byte: the file has an EXIF chunk.</summary>
    private const int ExifFlag = 8;

    /// <summary>The file begins with the signature of WebP.</summary>
    public static bool Matches(ReadOnlySpan<byte> file) =>
        file.Length >= FileHeaderSize && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    /// <summary>Walks over the chunks. Ignores the size in the RIFF header.</summary>
    /// <param name="file">A file that <see cref="Matches"/>.</param>
    /// <exception cref="InvalidImageException">The file breaks a rule without which it cannot be shown.</exception>
    public static WebPContents Parse(ByteSource file)
    {
        if (!RiffChunk.TryRead(file, FileHeaderSize, out RiffChunk first))
        {
            throw WebPErrors.TruncatedInHeader();
        }

        if (first.Type == RiffChunk.Vp8X)
        {
            return ParseExtended(file, first);
        }

        if (first.Type is not (RiffChunk.Vp8 or RiffChunk.Vp8L))
        {
            throw WebPErrors.Corrupt($"it starts with chunk {first.Name} instead of VP8, VP8L or VP8X");
        }

        // Without an extended header the file has only the image (RFC 9649, 2.5 and 2.6).
        WebPFrame frame = WebPFrame.Parse(file, first, null);
        return new(frame.Width, frame.Height, frame, default, 1);
    }

    private static WebPContents ParseExtended(ByteSource file, RiffChunk header)
    {
        ByteSource payload = header.Payload(file);
        if (payload.Length < ExtendedHeaderSize)
        {
            throw WebPErrors.TruncatedInHeader();
        }

        ReadOnlySpan<byte> data = payload.WaitFor(ExtendedHeaderSize);
        bool hasExif = (data[0] & ExifFlag) != 0;
        int width = 1 + UInt24(data[4..]);
        int height = 1 + UInt24(data[7..]);
        WebPContents contents = new(width, height, null, default, 1);
        RiffChunk? alpha = null;
        for (long offset = header.End; RiffChunk.TryRead(file, offset, out RiffChunk chunk); offset = chunk.End)
        {
            file.Work.Check();
            switch (chunk.Type)
            {
                case RiffChunk.Iccp when chunk.End <= file.Length:
                    contents = contents with { IccProfile = file.Read(chunk.Start, (int)chunk.Size) };
                    break;
                case RiffChunk.Alph:
                    alpha = chunk;
                    break;
                case RiffChunk.Vp8 or RiffChunk.Vp8L:
                    contents = contents with { Frame = WholeCanvas(WebPFrame.Parse(file, chunk, alpha), width, height) };
                    break;
                case RiffChunk.Anmf:
                    contents = contents with { Frame = ParseAnimationFrame(file, chunk, width, height) };
                    break;
            }

            if (contents.Frame is not null)
            {
                break;
            }
        }

        return hasExif ? contents with { Orientation = WaitForOrientation(file, header.End) } : contents;
    }

    /// <summary>EXIF follows the pixels (RFC 9649, 2.7): waits for the whole file. Call it only if the header announces EXIF, as libwebp does.</summary>
    private static int WaitForOrientation(ByteSource file, long offset)
    {
        for (; RiffChunk.TryRead(file, offset, out RiffChunk chunk); offset = chunk.End)
        {
            file.Work.Check();
            if (chunk.Type == RiffChunk.Exif)
            {
                return ReadOrientation(chunk.Payload(file).WaitForAll());
            }
        }

        return 1;
    }

    private static WebPFrame WholeCanvas(WebPFrame frame, int width, int height) => frame.Width == width && frame.Height == height
        ? frame
        : throw WebPErrors.Corrupt(
            $"its header says {width} × {height} pixels, its image {frame.Width} × {frame.Height}; both must be the same");

    /// <summary>A frame's position, size and chunks (RFC 9649, 2.7.1.1).</summary>
    /// <returns>Null if the file ends before the frame's image.</returns>
    private static WebPFrame? ParseAnimationFrame(ByteSource file, RiffChunk chunk, int width, int height)
    {
        ByteSource payload = chunk.Payload(file);
        if (payload.Length < FrameHeaderSize)
        {
            return null;
        }

        ReadOnlySpan<byte> data = payload.WaitFor(FrameHeaderSize);
        (int x, int y) = (2 * UInt24(data), 2 * UInt24(data[3..]));
        (int frameWidth, int frameHeight) = (1 + UInt24(data[6..]), 1 + UInt24(data[9..]));
        if (x + frameWidth > width || y + frameHeight > height)
        {
            throw WebPErrors.Corrupt(
                $"its first frame has {frameWidth} × {frameHeight} pixels at ({x}, {y}), outside its canvas of {width} × {height}");
        }

        RiffChunk? alpha = null;
        for (long offset = FrameHeaderSize; RiffChunk.TryRead(payload, offset, out RiffChunk inner); offset = inner.End)
        {
            file.Work.Check();
            if (inner.Type == RiffChunk.Alph)
            {
                alpha = inner;
            }
            else if (inner.Type is RiffChunk.Vp8 or RiffChunk.Vp8L)
            {
                return WholeCanvas(WebPFrame.Parse(payload, inner, alpha), frameWidth, frameHeight) with { X = x, Y = y };
            }
        }

        return null;
    }

    /// <summary>Some writers put the six bytes before EXIF that JPEG requires.</summary>
    private static int ReadOrientation(ReadOnlySpan<byte> exif) =>
        ExifOrientation.Read(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
