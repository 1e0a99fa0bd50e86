using ResizeImage.Imaging;

namespace ResizeImage.Worst;

/// <summary>A file that takes long for its size.</summary>
/// <param name="Format">Of the file.</param>
/// <param name="Name">What takes long.</param>
/// <param name="Pixels">Width times height, as its header says.</param>
/// <param name="Make">Makes the file.</param>
internal sealed record WorstInput(string Format, string Name, long Pixels, Func<byte[]> Make)
{
    /// <summary>The side of the largest square that <see cref="ImageLimits.MaxPixels"/> lets through.</summary>
    public const int Side = 16383;

    /// <summary>What the thumbnail is to be.</summary>
    public ThumbnailOptions Options { get; init; } = new();
}
