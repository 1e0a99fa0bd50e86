using System.Text.Json;

namespace ResizeImage.Tests.Histories;

/// <summary>The outcome of one request to S3.</summary>
internal enum Fate
{
    /// <summary>It is done and answered.</summary>
    Done,

    /// <summary>503 SlowDown; it is not done.</summary>
    Refused,

    /// <summary>The connection breaks before it is done.</summary>
    Lost,

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    AnswerLost,

    /// <summary>It is done, and the body of the answer breaks off.</summary>
    BodyBroken,

    /// <summary>The function dies before it is done.</summary>
    DeathBefore,

    /// <summary>The function dies after it is done.</summary>
    DeathAfter,
}

/// <summary>
/// One invocation of the function. It stops before each of its requests to S3 until the test sets the outcome; requests for several outputs wait
/// together, and get theirs in turn.
/// </summary>
internal sealed class Invocation
{
    private static readonly AsyncLocal<Invocation?> OfThisRequest = new();

    private readonly Queue<TaskCompletionSource<Fate>> _waiting = [];
    private TaskCompletionSource _stopped = New();
    private bool? _succeeded;
    private bool _dead;

    private Invocation(Notice notice) => Notice = notice;

    /// <summary>The invocation that a request comes from; null for those of the test itself.</summary>
    public static Invocation? Current => OfThisRequest.Value;

    /// <summary>The event that invoked it.</summary>
    public Notice Notice { get; }

    /// <summary>Completes when it waits for the fate of a request, or has ended.</summary>
    public Task Stopped
    {
        get
        {
            lock (_waiting)
            {
                return _stopped.Task;
            }
        }
    }

    /// <summary>Whether there was nothing left to be done again; null before its end.</summary>
    public bool? Succeeded => _succeeded;

    /// <summary>Starts one.</summary>
    /// <param name="notice">What it is invoked with.</param>
    /// <param name="invoke">Invokes the function; false where something is to be done again.</param>
    public static Invocation Start(Notice notice, Func<Notice, Task<bool>> invoke)
    {
        Invocation invocation = new(notice);
        _ = Task.Run(async () =>
        {
            OfThisRequest.Value = invocation;
            try
            {
                invocation._succeeded = await invoke(notice) && !invocation._dead;
                invocation._stopped.TrySetResult();
            }
            catch (Exception exception)
            {
                invocation._stopped.TrySetException(exception);
            }
        });
        return invocation;
    }

    /// <summary>Called by the request: waits for its fate.</summary>
    public Task<Fate> WaitForFateAsync()
    {
        lock (_waiting)
        {
            if (_dead)
            {
                return Task.FromResult(Fate.DeathBefore);
            }

            TaskCompletionSource<Fate> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            _stopped.TrySetResult();
            return turn.Task;
        }
    }

    /// <summary>Sets the outcome of a waiting request.</summary>
    public void GoOn(Fate fate)
    {
        lock (_waiting)
        {
            _dead |= fate is Fate.DeathBefore or Fate.DeathAfter;
            TaskCompletionSource<Fate> turn = _waiting.Dequeue();
            while (_dead && _waiting.TryDequeue(out TaskCompletionSource<Fate>? other))
            {
                other.SetResult(Fate.DeathBefore);
            }

            if (_waiting.Count == 0)
            {
                _stopped = New();
            }

            turn.SetResult(fate);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An event on its way.</summary>
/// <param name="Key">The photo's, or of a request the thumbnail's below the prefix.</param>
/// <param name="EventName">What happened.</param>
/// <param name="ThroughSqs">Whether it comes through a queue.</param>
/// <param name="Delivery">1 for the first.</param>
internal sealed record Notice(string Key, string EventName, bool ThroughSqs, int Delivery = 1)
{
    /// <summary>The name of the size that a request asks for; null for an event. <see cref="Key"/> is that of the thumbnail then.</summary>
    public string? Output { get; init; }

    /// <summary>How many times the photo had changed when this was delivered.</summary>
    public int Since { get; init; }

    /// <summary>The event.</summary>
    public string Json
    {
        get
        {
            if (Output is not null)
            {
                return HttpEvent.Of(HttpEvent.FunctionUrl, Key);
            }

            string notification = $$$$"""{"Records":[{"eventName":"{{{{EventName}}}}","s3":{"bucket":{"name":"{{{{PhotoBucket.Name}}}}"},"object":{"key":"{{{{Key}}}}"}}}]}""";
            return ThroughSqs
                ? $$$"""{"Records":[{"messageId":"1","body":{{{JsonSerializer.Serialize(notification)}}},"attributes":{"ApproximateReceiveCount":"{{{Delivery}}}"}}]}"""
                : notification;
        }
    }
}
