using System.Globalization;

namespace ResizeImage.Imaging;

/// <summary>
/// The reason why an image has no thumbnail. There are exactly three kinds, and no other exception leaves the engine because of its input. The
/// message says what was found, what was expected, and what to do.
/// </summary>
public abstract class ImageException : Exception
{
    private protected ImageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The file is not an image, or it breaks the rules of its format.</summary>
public sealed class InvalidImageException(string message, Exception? inner = null) : ImageException(message, inner);

/// <summary>The file is a valid image of a kind that the engine does not read.</summary>
public sealed class UnsupportedImageException(string message) : ImageException(message);

/// <summary>The image exceeds a limit. The message has the value found and the limit's value.</summary>
/// <param name="message">Without advice if <paramref name="limit"/> is set: the caller knows the setting's name.</param>
/// <param name="limit">The property of <see cref="ImageLimits"/>; null if no setting would help.</param>
public sealed class ImageLimitException(string message, string? limit = null) : ImageException(message)
{
    /// <summary>A file over <see cref="ImageLimits.MaxFileBytes"/>, also one that a caller did not read for this reason.</summary>
    /// <param name="bytes">Size of the file, or what is known to be in it.</param>
    /// <param name="hasMore">Whether the file has more than <paramref name="bytes"/>.</param>
    /// <param name="limits">The limits that apply.</param>
    public static ImageLimitException OfFile(long bytes, bool hasMore, ImageLimits limits) => new(
        string.Create(CultureInfo.InvariantCulture, $"The file has {(hasMore ? "more than " : "")}{bytes:N0} bytes; the limit is {limits.MaxFileBytes:N0}."),
        nameof(ImageLimits.MaxFileBytes));

    /// <summary>The property of <see cref="ImageLimits"/> that was exceeded; null if no setting would help.</summary>
    public string? Limit { get; } = limit;
}
