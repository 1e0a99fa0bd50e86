using ResizeImage.Imaging;

namespace ResizeImage.Worst;

/// <summary>A file that takes long for its size.</summary>
/// <param name="Format">Of the file.</param>
/// <param name="Name">What takes long.</param>
/// <param name="Make">Makes the file with a side of so many pixels, or about as many; where the size of the image is no matter, whatever the side.</param>
internal sealed record WorstInput(string Format, string Name, Func<int, byte[]> Make)
{
    /// <summary>The side of the largest square that <see cref="ImageLimits.MaxPixels"/> lets through.</summary>
    public const int LargestSide = 16383;

    /// <summary>What the thumbnail is to be.</summary>
    public ThumbnailOptions Options { get; init; } = new();
}
