namespace ResizeImage.Imaging;

/// <summary>
/// Why an image could not be made into a thumbnail. Exactly three kinds exist, and no other exception
/// leaves the engine because of its input. The message is for people: what was found, what was expected, what to do.
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

/// <summary>The image is larger than a limit allows. The message names the limit, the value found and the limit's value.</summary>
/// <param name="message">For people.</param>
/// <param name="limit">The property of <see cref="ImageLimits"/>; null where it is the machine that can do no more.</param>
public sealed class ImageLimitException(string message, string? limit = null) : ImageException(message)
{
    /// <summary>The property of <see cref="ImageLimits"/> that says how much is allowed; null where no setting would help.</summary>
    public string? Limit { get; } = limit;
}
