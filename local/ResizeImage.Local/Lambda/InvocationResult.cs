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

/// <summary>What came of an invocation, retries included.</summary>
/// <param name="RequestId">Lambda's id of it, the same in every attempt.</param>
/// <param name="FunctionError">Null if the function answered; "Unhandled" if it failed, as X-Amz-Function-Error says it.</param>
/// <param name="Payload">The function's answer, or its error as JSON with errorType and errorMessage.</param>
public sealed record InvocationResult(
    string RequestId, string? FunctionError, ReadOnlyMemory<byte> Payload, int Attempts, TimeSpan Duration)
{
    /// <summary>How long the process took from its start until it asked for this invocation; null if it had been warm already.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>The most memory that the process has used so far, in bytes; null where the system does not tell.</summary>
    public long? MaxMemoryUsed { get; init; }

    /// <summary>What the function wrote in the last attempt.</summary>
    internal InvocationLog Log { get; init; } = new();

    /// <summary><see cref="Payload"/> as text.</summary>
    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);
}
