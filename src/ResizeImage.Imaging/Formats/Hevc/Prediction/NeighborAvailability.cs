namespace ResizeImage.Imaging.Formats.Hevc.Prediction;

/// <summary>Which neighbors of a block may be used for its prediction (H.265 6.4.1): those decoded before it in the same slice and tile.</summary>
/// <param name="Left">Samples to the left, from the block's first row down; more than the block's size if those below left are available.</param>
/// <param name="Corner">The sample above left is available.</param>
/// <param name="Above">The samples above are available.</param>
/// <param name="AboveRight">Samples above right that are available, from the left.</param>
internal readonly record struct NeighborAvailability(int Left, bool Corner, bool Above, int AboveRight);
