using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Formats.Gif;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Imaging.Formats;

/// <summary>Content decides the format, never the name.</summary>
internal static class FormatDetector
{
    /// <summary>Reads the header with the decoder that the first bytes ask for.</summary>
    /// <exception cref="InvalidImageException">No picture, or a broken header.</exception>
    /// <exception cref="UnsupportedImageException">A picture of another format.</exception>
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
    /// <param name="readable">The formats that are read, for people.</param>
    public static ImageException Refusal(ReadOnlySpan<byte> bytes, string readable)
    {
        if (bytes.IsEmpty)
        {
            return new InvalidImageException("The file is empty. Upload it again.");
        }

        return NameOf(bytes) is { } other
            ? new UnsupportedImageException($"The file is {other}; {readable} are read. Convert it before uploading.")
            : new InvalidImageException(
                $"The file is not a picture: it begins with the bytes {System.Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)])}. Upload a picture: {readable} are read.");
    }

    /// <summary>Formats that people upload and that the built-in engine does not read, by their magic numbers.</summary>
    private static string? NameOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'B', (byte)'A', _, _, _, _, _, _, _, _, _, _, _, _, (byte)'B' or (byte)'I' or (byte)'C', (byte)'M' or (byte)'C' or (byte)'I', ..] =>
            "an OS/2 array of bitmaps",
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "a TIFF picture",
        [(byte)'q', (byte)'o', (byte)'i', (byte)'f', ..] => "a QOI picture",
        [(byte)'P', >= (byte)'1' and <= (byte)'6', (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..] => "a PBM, PGM or PPM picture",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', ..] => "an HEIC picture",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => "an AVIF picture",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",

        // TGA has no magic number. Its header with no colour map (byte 1) and so none of its specification (bytes 3 to 7), of image type
        // 2, 3, 10 or 11; with one (types 1 and 9), from its first entry on, of 15, 16, 24 or 32 bits each.
        [_, 0, 2 or 3 or 10 or 11, 0, 0, 0, 0, 0, _, _, _, _, _, _, _, _, 8 or 15 or 16 or 24 or 32, ..]
            or [_, 1, 1 or 9, 0, 0, _, _, 15 or 16 or 24 or 32, _, _, _, _, _, _, _, _, 8 or 16, ..] => "a TGA picture",
        _ => null,
    };
}
