using ResizeImage.Imaging;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Unread;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;

namespace ResizeImage.ImageSharp;

/// <summary>Turns ImageSharp's exceptions into the three image errors.</summary>
internal static class ImageSharpErrors
{
    /// <summary>The formats that the engine reads, as a list in a sentence. HEIC is not among them.</summary>
    public const string Readable = "JPEG, PNG, WebP, GIF, BMP, TIFF, TGA, QOI and PBM";

    /// <exception cref="ImageException">ImageSharp rejects the file, or fails on it.</exception>
    public static T Translate<T>(ReadOnlyMemory<byte> file, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (UnknownImageFormatException)
        {
            throw UnreadFiles.Refusal(file, Readable);
        }
        catch (Exception exception) when (exception is NotSupportedException or NotImplementedException)
        {
            throw new UnsupportedImageException(
                $"The image is of a kind that ImageSharp does not read ({exception.Message}). {Advice.Unsupported}");
        }
        catch (Exception exception) when (
            exception is OutOfMemoryException or InvalidMemoryOperationException
            || exception.InnerException is InvalidMemoryOperationException)
        {
            throw new ImageLimitException($"Decoding the image needs more memory than is available ({exception.Message}). Upload a smaller image.");
        }
        catch (Exception exception) when (exception is not ImageException)
        {
            // ImageSharp has its own exceptions for corrupt files, but fails on some with any other exception.
            throw new InvalidImageException($"The file is corrupt: ImageSharp cannot decode it ({exception.Message}). {Advice.Corrupt}", exception);
        }
    }
}
