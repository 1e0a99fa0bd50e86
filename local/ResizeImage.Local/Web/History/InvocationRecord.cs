using System.Text;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Web.History;

/// <summary>An invocation and its progress.</summary>
internal sealed class InvocationRecord
{
    private const int MaxLogLines = 500;

    private readonly EventSummary _event;
    private readonly List<string> _log = [];
    private readonly List<FailedAttempt> _failedAttempts = [];
    private readonly DateTimeOffset _queued;
    private readonly ReadOnlyMemory<byte> _payload;
    private InvocationState _state;
    private InvocationResult? _result;
    private IReadOnlyList<ThumbnailReportLine> _results = [];
    private TimeSpan? _duration;
    private DateTimeOffset? _started;
    private int _attempts;
    private TimeSpan? _initDuration;

    public InvocationRecord(Invocation invocation)
    {
        Id = invocation.RequestId;
        _queued = invocation.Queued;
        _payload = invocation.Payload;
        _event = EventSummary.Read(invocation.Payload);
    }

    /// <summary>The request id.</summary>
    public string Id { get; }

    /// <summary>The keys of the objects in the event.</summary>
    public IReadOnlyList<string> Keys => _event.Keys;

    public string? ErrorMessage => _state != InvocationState.Done ? null
        : _result is null ? "The caller hung up before there was an answer."
        : _result.FunctionError is null ? null
        : FunctionError.MessageIn(_result.Payload);

    /// <summary>Whether the function answered. To SQS it answers which messages failed, and says nothing of the others.</summary>
    public bool IsAnswered => _state == InvocationState.Done && ErrorMessage is null;

    /// <summary>The status of a photo that the report does not mention.</summary>
    public string PhotoStatus => _state switch
    {
        InvocationState.Queued => History.PhotoStatus.Queued,
        InvocationState.Running => History.PhotoStatus.Running,
        InvocationState.Retrying => History.PhotoStatus.Retrying,
        _ => ErrorMessage is null ? History.PhotoStatus.Stored : History.PhotoStatus.Failed,
    };

    public InvocationSummary Summary => new()
    {
        Id = Id,
        EventName = _event.Name,
        Keys = Keys,
        Status = IsAnswered ? "succeeded" : PhotoStatus,
        Attempts = _attempts,
        Queued = _queued.UtcDateTime,
        Started = _started?.UtcDateTime,
        ColdStart = _initDuration is not null,
        InitDuration = _initDuration?.TotalMilliseconds,
        Duration = _duration?.TotalMilliseconds,
        BilledDuration = _duration is { } duration ? Billing.Milliseconds(duration, _initDuration) : null,
        MaxMemoryUsed = _result?.MaxMemoryUsed is { } bytes ? (int)((bytes + (1 << 20) - 1) >> 20) : null,
        Results = _results,
        FailedAttempts = [.. _failedAttempts],
        Error = ErrorMessage,
    };

    public InvocationDetails Details => new(Summary, Encoding.UTF8.GetString(_payload.Span), _result?.PayloadText, [.. _log]);

    public ThumbnailReportLine? ResultOf(string source) => _results.LastOrDefault(result => result.Source == source);

    /// <summary>Copies the current state of the invocation.</summary>
    public void Update(Invocation invocation)
    {
        _state = invocation.State;
        _attempts = invocation.Attempts;
        _initDuration = invocation.InitDuration;
        if (_state == InvocationState.Running)
        {
            _started = invocation.Started;
        }
        else if (_state == InvocationState.Done && _started is { } started)
        {
            _duration = DateTimeOffset.UtcNow - started;
        }

        // Queued again, it is noted a second time.
        if (_state == InvocationState.Retrying && _failedAttempts.Count < _attempts)
        {
            TimeSpan duration = DateTimeOffset.UtcNow - invocation.Started;
            _duration = duration;
            _failedAttempts.Add(new FailedAttempt(
                invocation.Started.UtcDateTime, duration.TotalMilliseconds, Billing.Milliseconds(duration, _initDuration), _initDuration is not null, FunctionError.MessageIn(invocation.AttemptError)));
        }

        if (_state == InvocationState.Done && invocation.Result.IsCompletedSuccessfully)
        {
            _result = invocation.Result.Result;
            _results = ThumbnailReport.TryRead(_result);
        }
    }

    public void AddLog(string line)
    {
        if (_log.Count < MaxLogLines)
        {
            _log.Add(line);
        }
        else if (_log.Count == MaxLogLines)
        {
            _log.Add("… more lines are not kept");
        }
    }
}
