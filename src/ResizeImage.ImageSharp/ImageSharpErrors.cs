using ResizeImage.Imaging;
using ResizeImage.Imaging.Formats;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;

namespace ResizeImage.ImageSharp;

/// <summary>Makes the three image errors of what ImageSharp throws.</summary>
internal static class ImageSharpErrors
{
    /// <summary>For people.</summary>
    public const string Readable = "JPEG, PNG, GIF, BMP, WebP, TIFF, TGA, QOI and PBM";

    /// <exception cref="ImageException">ImageSharp refuses the file, or fails on it.</exception>
    public static T Translate<T>(ReadOnlyMemory<byte> file, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (UnknownImageFormatException)
        {
            throw FormatDetector.Refusal(file.Span, Readable);
        }
        catch (Exception exception) when (exception is NotSupportedException or NotImplementedException)
        {
            throw new UnsupportedImageException(
                $"The picture is of a kind that ImageSharp does not read ({exception.Message}). Convert it to JPEG or PNG before uploading.");
        }
        catch (Exception exception) when (
            exception is OutOfMemoryException or InvalidMemoryOperationException
            || exception.InnerException is InvalidMemoryOperationException)
        {
            throw new ImageLimitException($"Decoding the picture would take more memory than there is: {exception.Message}");
        }
        catch (Exception exception) when (exception is not ImageException)
        {
            // ImageSharp has errors of its own for damaged files; on some it fails with whatever the damage leads to.
            throw new InvalidImageException(
                $"ImageSharp could not decode the file ({exception.Message}). It is damaged or of a rare kind: convert it to JPEG or PNG and upload it again.",
                exception);
        }
    }
}
