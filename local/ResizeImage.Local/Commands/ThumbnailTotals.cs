using System.Diagnostics;
using System.Globalization;

namespace ResizeImage.Local.Commands;

/// <summary>The results in one line: 292 made, 8 rejected, 4.9 s, 1.1 GB -> 7.6 MB, in thumbnails.</summary>
internal sealed class ThumbnailTotals
{
    private readonly long _started = Stopwatch.GetTimestamp();

    // In the order in which they are shown.
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _bytesIn;
    private long _bytesOut;

    public int Made { get; private set; }

    /// <summary>Whether every line says made.</summary>
    public bool AllMade => _counts.Count == 0;

    public void Add(ThumbnailReportLine line)
    {
        if (line.Status == ThumbnailReportLine.Made)
        {
            Made++;
            _bytesIn += line.BytesIn ?? 0;
            _bytesOut += line.BytesOut ?? 0;
        }
        else
        {
            string status = line.Status ?? "failed";
            _counts[status] = _counts.GetValueOrDefault(status) + 1;
        }
    }

    public string Describe(string folder)
    {
        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        string others = string.Concat(_counts.Select(count => string.Create(CultureInfo.InvariantCulture, $", {count.Value} {count.Key}")));
        string sizes = Made == 0 ? "" : $", {Figures.Bytes(_bytesIn)} -> {Figures.Bytes(_bytesOut)}, in {folder}";
        return string.Create(CultureInfo.InvariantCulture, $"{Made} made{others}, {seconds:0.0} s{sizes}");
    }
}
