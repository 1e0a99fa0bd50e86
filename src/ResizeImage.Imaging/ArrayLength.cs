namespace ResizeImage.Imaging;

/// <summary>
/// Lengths of arrays that are computed from a file's header. With the default limits, all are far below the longest array; with raised limits
/// they may not be.
/// </summary>
internal static class ArrayLength
{
    /// <summary>The length of an array.</summary>
    /// <param name="elements">Elements to hold, computed in 64 bits so that nothing has wrapped around.</param>
    /// <param name="what">The elements' name in the plural, for the message.</param>
    /// <param name="most">The most elements that the array may hold.</param>
    /// <exception cref="ImageLimitException">There are more.</exception>
    public static int Of(long elements, string what, int most) => elements <= most
        ? (int)elements
        : throw new ImageLimitException(
            $"The image is too large for this program: decoding it would hold {elements:N0} {what}, and at most {most:N0} can be held. Upload a smaller image.");

    /// <inheritdoc cref="Of(long, string, int)"/>
    public static int Of(long elements, string what) => Of(elements, what, Array.MaxLength);
}
