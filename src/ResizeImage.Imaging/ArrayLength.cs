namespace ResizeImage.Imaging;

/// <summary>
/// Lengths of arrays that are computed from a file's header. With the default limits all of them are far below what an array can hold; with
/// raised limits they are not.
/// </summary>
internal static class ArrayLength
{
    /// <summary>The length of an array.</summary>
    /// <param name="elements">How many elements it must hold; computed in 64 bits, so that nothing has wrapped around.</param>
    /// <param name="what">What they are, in the plural, for the message.</param>
    /// <param name="most">How many it may hold.</param>
    /// <exception cref="ImageLimitException">There are more.</exception>
    public static int Of(long elements, string what, int most) => elements <= most
        ? (int)elements
        : throw new ImageLimitException(
            $"The image is too large for this program: decoding it would hold {elements:N0} {what}, and at most {most:N0} can be held. Upload a smaller image.");

    /// <inheritdoc cref="Of(long, string, int)"/>
    public static int Of(long elements, string what) => Of(elements, what, Array.MaxLength);
}
