namespace ResizeImage.Photos;

/// <summary>How a photo was processed.</summary>
/// <param name="Result">For the log and the answer, with the time of each stage.</param>
/// <param name="ETag">Of the photo that was last read, without quotes; null if none was read.</param>
/// <param name="IsGone">Whether the photo no longer exists.</param>
internal sealed record UpdateOutcome(RecordResult Result, string? ETag, bool IsGone);
