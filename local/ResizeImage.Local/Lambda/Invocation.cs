using System.Security.Cryptography;

namespace ResizeImage.Local.Lambda;

/// <summary>One event and its state, from the queue to the result.</summary>
internal sealed class Invocation(ReadOnlyMemory<byte> payload, InvocationType type)
{
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = Guid.NewGuid().ToString();

    /// <summary>As X-Ray writes it: Root=1-TIME-ID;Parent=ID;Sampled=0.</summary>
    public string TraceId { get; } =
        $"Root=1-{DateTimeOffset.UtcNow.ToUnixTimeSeconds():x8}-{RandomHex(12)};Parent={RandomHex(8)};Sampled=0";

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public InvocationType Type { get; } = type;

    public int Attempts { get; private set; }

    /// <summary>When the event came, UTC.</summary>
    public DateTimeOffset Queued { get; } = DateTimeOffset.UtcNow;

    /// <summary>When the current attempt began, UTC.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>The <see cref="InvocationResult.InitDuration"/> of the current attempt.</summary>
    public TimeSpan? InitDuration { get; private set; }

    /// <summary>Of the current attempt.</summary>
    public InvocationLog Log { get; private set; } = new();

    public Task<InvocationResult> Result => _result.Task;

    public InvocationState State { get; private set; }

    public void BeginAttempt(TimeSpan? initDuration)
    {
        Attempts++;
        State = InvocationState.Running;
        Started = DateTimeOffset.UtcNow;
        InitDuration = initDuration;
        Log = new InvocationLog();
    }

    /// <summary>The attempt never reached the function.</summary>
    public void TakeBackAttempt()
    {
        Attempts--;
        State = InvocationState.Queued;
    }

    /// <summary>The error of the last attempt that another one follows, as JSON.</summary>
    public ReadOnlyMemory<byte> AttemptError { get; private set; }

    /// <summary>The attempt failed; another one follows.</summary>
    public void EndAttempt(ReadOnlyMemory<byte> error)
    {
        AttemptError = error;
        State = InvocationState.Retrying;
    }

    public void Complete(ReadOnlyMemory<byte> payload, string? error, long? maxMemoryUsed = null)
    {
        State = InvocationState.Done;
        _result.TrySetResult(
            new InvocationResult(RequestId, error, payload, Attempts, Attempts == 0 ? TimeSpan.Zero : DateTimeOffset.UtcNow - Started)
            {
                InitDuration = InitDuration,
                MaxMemoryUsed = maxMemoryUsed,
                Log = Log,
            });
    }

    public void Cancel(CancellationToken token)
    {
        State = InvocationState.Done;
        _result.TrySetCanceled(token);
    }

    private static string RandomHex(int bytes) => Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes)).ToLowerInvariant();
}

/// <summary>The states of an invocation.</summary>
internal enum InvocationState
{
    /// <summary>It waits for the function.</summary>
    Queued,

    /// <summary>The function works on it.</summary>
    Running,

    /// <summary>It failed, and waits for its next attempt.</summary>
    Retrying,

    /// <summary>Its <see cref="Invocation.Result"/> is known.</summary>
    Done,
}
