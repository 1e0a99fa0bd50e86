namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>What the structure of a raw file says about its previews.</summary>
/// <param name="Candidates">Where they may be.</param>
/// <param name="Orientation">The raw photo's own, 1 to 8, which holds for its previews; null if only a preview has one.</param>
internal sealed record RawPreviews(List<RawRange> Candidates, int? Orientation);
