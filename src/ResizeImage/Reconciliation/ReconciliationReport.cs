using System.Globalization;
using ResizeImage.Photos;

namespace ResizeImage.Reconciliation;

/// <summary>The result of a scheduled invocation.</summary>
internal sealed record ReconciliationReport
{
    /// <summary>How many objects were checked.</summary>
    public int Photos { get; init; }

    /// <summary>How many thumbnails were made.</summary>
    public int Made { get; init; }

    /// <summary>How many photos were rejected.</summary>
    public int Rejected { get; init; }

    /// <summary>How many failed for reasons that may pass; the next pass retries them.</summary>
    public int Failed { get; init; }

    /// <summary>Whether the last photo was reached; the next invocation begins with the first.</summary>
    public bool Complete { get; init; }

    /// <summary>The last photo done; the next invocation continues behind it unless this one is complete.</summary>
    public string? StartAfter { get; init; }

    /// <summary>Whether any thumbnail had to be made so far.</summary>
    internal bool HasDone => Made + Rejected + Failed > 0;

    /// <summary>Counts a result.</summary>
    public ReconciliationReport With(RecordStatus status) => status switch
    {
        RecordStatus.Made => this with { Made = Made + 1 },
        RecordStatus.Rejected => this with { Rejected = Rejected + 1 },
        RecordStatus.Failed => this with { Failed = Failed + 1 },
        _ => this, // deleted or made in the meantime
    };

    /// <summary>A line for the log.</summary>
    public string Describe(string bucket) => string.Create(
        CultureInfo.InvariantCulture,
        $"reconciled {Photos} photos of {bucket}: {Made} made, {Rejected} rejected, {Failed} failed; {(Complete ? "complete" : "to be continued")}");
}
