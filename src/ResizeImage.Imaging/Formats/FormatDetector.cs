using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;

namespace ResizeImage.Imaging.Formats;

/// <summary>Content decides the format, never the name.</summary>
internal static class FormatDetector
{
    /// <summary>Reads the header with the decoder that the first bytes ask for.</summary>
    /// <exception cref="InvalidImageException">No picture, or a broken header.</exception>
    /// <exception cref="UnsupportedImageException">A picture of another format.</exception>
    public static ImageDecoder Open(ReadOnlyMemory<byte> file)
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

        if (bytes.IsEmpty)
        {
            throw new InvalidImageException("The file is empty. Upload it again.");
        }

        string? other = NameOf(bytes);
        throw other is null
            ? new InvalidImageException(
                $"The file is not a picture: it begins with the bytes {System.Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)])}. JPEG and PNG are read.")
            : new UnsupportedImageException($"The file is {other}; JPEG and PNG are read. Convert it before uploading.");
    }

    /// <summary>Formats that people upload and that are not read, by their magic numbers.</summary>
    private static string? NameOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF picture",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "a BMP picture",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP picture",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF picture",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', ..] => "an HEIC picture",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => "an AVIF picture",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        _ => null,
    };
}
