using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Formats.Gif;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Formats.Unread;
using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Imaging.Formats;

/// <summary>Content decides the format, never the name.</summary>
internal static class FormatDetector
{
    /// <summary>Reads the header with the decoder that the first bytes ask for.</summary>
    /// <exception cref="InvalidImageException">Not an image, or a corrupt header.</exception>
    /// <exception cref="UnsupportedImageException">An image of another format.</exception>
    public static ImageDecoder Open(ImageSource file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (JpegSegmentReader.Matches(bytes))
        {
            return JpegDecoder.Read(file);
        }

        if (bytes.StartsWith(PngDecoder.Signature))
        {
            return PngDecoder.Read(file);
        }

        if (BrokenUpload.DecodedAsText(bytes) is { } broken)
        {
            throw broken;
        }

        if (GifDecoder.Matches(bytes))
        {
            return GifDecoder.Read(file);
        }

        if (BmpDecoder.Matches(bytes))
        {
            return BmpDecoder.Read(file);
        }

        if (WebPDecoder.Matches(bytes))
        {
            return WebPDecoder.Read(file);
        }

        throw Refusal(bytes, "JPEG, PNG, WebP, GIF and BMP");
    }

    /// <summary>Why a file is refused whose first bytes no decoder takes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="readable">The formats that are read, as a list in a sentence.</param>
    public static ImageException Refusal(ReadOnlySpan<byte> bytes, string readable) => UnreadFiles.Refusal(bytes, readable);
}
