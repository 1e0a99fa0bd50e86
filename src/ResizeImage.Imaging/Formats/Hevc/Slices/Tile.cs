namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>A tile (H.265 6.3.1), in coding tree blocks.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">The column after the last.</param>
/// <param name="Bottom">The row after the last.</param>
internal readonly record struct Tile(int Left, int Top, int Right, int Bottom);
