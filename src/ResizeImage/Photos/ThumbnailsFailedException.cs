using ResizeImage.Reports;
using ResizeImage.Text;

namespace ResizeImage.Photos;

/// <summary>Some records of the event failed for reasons that may pass. Lambda retries the event and finally sends it to the dead-letter target.</summary>
public sealed class ThumbnailsFailedException : Exception
{
    internal ThumbnailsFailedException(ThumbnailReport report)
        : base(LogText.Escape(Describe(report))) => Report = report;

    /// <summary>How each record was processed.</summary>
    public ThumbnailReport Report { get; }

    private static string Describe(ThumbnailReport report)
    {
        IEnumerable<string> failures = report.Results
            .Where(result => result.Status == RecordStatus.Failed)
            .Select(result => $"{result.Source}: {result.Reason}");
        return $"{failures.Count()} of {report.Results.Count} records failed: {string.Join(" | ", failures)}";
    }
}
