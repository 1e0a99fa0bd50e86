using System.Text;

namespace ResizeImage.Local.Lambda;

/// <summary>How a function is invoked.</summary>
public enum InvocationType
{
    /// <summary>The caller waits for the answer; nothing is retried.</summary>
    RequestResponse,

    /// <summary>An event, as S3 sends it: kept in a queue, and retried if the invocation fails.</summary>
    Event,
}

/// <summary>The result of an invocation, retries included.</summary>
/// <param name="RequestId">Lambda's id, the same in every attempt.</param>
/// <param name="FunctionError">Null if the function answered; "Unhandled" if it failed, as X-Amz-Function-Error says it.</param>
/// <param name="Payload">The function's answer, or its error as JSON with errorType and errorMessage.</param>
public sealed record InvocationResult(
    string RequestId, string? FunctionError, ReadOnlyMemory<byte> Payload, int Attempts, TimeSpan Duration)
{
    /// <summary>The time from the start of the process to its request for this invocation; null if the process was warm.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>The peak memory of the process in bytes; null where the system does not report it.</summary>
    public long? MaxMemoryUsed { get; init; }

    /// <summary>The output of the function in the last attempt.</summary>
    internal InvocationLog Log { get; init; } = new();

    /// <summary><see cref="Payload"/> as text.</summary>
    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);
}
