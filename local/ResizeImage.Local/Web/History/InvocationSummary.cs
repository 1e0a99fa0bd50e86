namespace ResizeImage.Local.Web.History;

/// <summary>An invocation, with the figures of Lambda's REPORT line. Times in milliseconds, memory in MB (2^20 bytes).</summary>
internal sealed record InvocationSummary
{
    public required string Id { get; init; }

    /// <summary>Such as ObjectCreated:Put; empty if the event does not say.</summary>
    public required string EventName { get; init; }

    /// <summary>The keys of the objects in the event.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>queued, running, retrying, succeeded or failed.</summary>
    public required string Status { get; init; }

    public required int Attempts { get; init; }

    /// <summary>When the event came, UTC.</summary>
    public required DateTime Queued { get; init; }

    /// <summary>When the last attempt began, UTC.</summary>
    public DateTime? Started { get; init; }

    /// <summary>Whether it was the first of its process.</summary>
    public bool ColdStart { get; init; }

    /// <summary>Of a cold start.</summary>
    public double? InitDuration { get; init; }

    /// <summary>Of the last attempt.</summary>
    public double? Duration { get; init; }

    /// <summary>Duration and initialization, in whole milliseconds.</summary>
    public double? BilledDuration { get; init; }

    /// <summary>The process's peak; null where the system does not report it.</summary>
    public int? MaxMemoryUsed { get; init; }

    /// <summary>The function's report, a line for each record; empty if it answered something else.</summary>
    public required IReadOnlyList<ThumbnailReportLine> Results { get; init; }

    /// <summary>The attempts that failed and were followed by another one, the first first.</summary>
    public required IReadOnlyList<FailedAttempt> FailedAttempts { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}

/// <summary>An attempt of an invocation that failed and is retried.</summary>
/// <param name="Started">UTC.</param>
/// <param name="Duration">In milliseconds.</param>
/// <param name="BilledDuration">In whole milliseconds: a failed attempt is billed, too.</param>
/// <param name="ColdStart">Whether it was the first of its process.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record FailedAttempt(DateTime Started, double Duration, double BilledDuration, bool ColdStart, string Error);

/// <summary>An invocation with its event, answer and log.</summary>
/// <param name="Invocation">In a line.</param>
/// <param name="Event">As it was sent: JSON.</param>
/// <param name="Response">What the function answered, or its error: JSON. Null while it works.</param>
/// <param name="Log">The lines that it wrote.</param>
internal sealed record InvocationDetails(InvocationSummary Invocation, string Event, string? Response, IReadOnlyList<string> Log);
