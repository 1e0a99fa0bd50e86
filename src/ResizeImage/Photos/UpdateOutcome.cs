using ResizeImage.Imaging;
using ResizeImage.Reports;

namespace ResizeImage.Photos;

/// <summary>How a photo was processed.</summary>
/// <param name="Result">For the log and the answer, with the time of each stage.</param>
/// <param name="ETag">Of the photo that was last read, without quotes; null if none was read.</param>
/// <param name="IsGone">Whether the photo no longer exists.</param>
internal sealed record UpdateOutcome(RecordResult Result, string? ETag, bool IsGone)
{
    /// <summary>The thumbnail, if one alone was to be made, and is stored.</summary>
    public Thumbnail? Made { get; init; }

    /// <summary>What ended the work before its time; null if nothing did.</summary>
    public Exception? Failure { get; init; }
}
