using ResizeImage.Imaging;

namespace ResizeImage.Worst;

/// <summary>A file that takes a long time for its size.</summary>
/// <param name="Format">Its format, in lower case.</param>
/// <param name="Name">The feature that takes the time.</param>
/// <param name="Make">Makes the file with about that many pixels per side; some inputs ignore the argument.</param>
internal sealed record WorstInput(string Format, string Name, Func<int, byte[]> Make)
{
    /// <summary>The side of the largest square that <see cref="ImageLimits.MaxPixels"/> allows.</summary>
    public const int LargestSide = 16383;

    public ThumbnailOptions Options { get; init; } = new();
}
