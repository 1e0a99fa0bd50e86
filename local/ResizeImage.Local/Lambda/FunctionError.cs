using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>The errors of invocations that Lambda itself reports, as it words them.</summary>
internal static class FunctionError
{
    /// <summary>{"errorMessage":…,"errorType":…} in UTF-8.</summary>
    public static byte[] Json(string errorType, string errorMessage)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage", errorMessage);
            json.WriteString("errorType", errorType);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The errorMessage of such a JSON; all of it where there is none.</summary>
    public static string MessageIn(ReadOnlyMemory<byte> error)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(error);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errorMessage", out JsonElement message) && message.GetString() is { } text)
            {
                return text;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A function may report anything.
        }

        return Encoding.UTF8.GetString(error.Span);
    }

    public static byte[] TimedOut(string requestId, TimeSpan timeout) =>
        Json("Sandbox.Timedout", FormattableString.Invariant($"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:0.00} seconds"));

    public static byte[] Exited(string requestId, int exitCode) =>
        Json("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited with error: {ExitStatus(exitCode)}");

    public static byte[] OutOfMemory(string requestId) =>
        Json("Runtime.OutOfMemory", $"RequestId: {requestId} Error: Runtime exited with error: signal: killed");

    /// <summary>In the words of the runtime that Lambda is written in. A process that a signal ended has the exit code 128 and the signal's number.</summary>
    public static string ExitStatus(int exitCode) => exitCode switch
    {
        128 + 6 => "signal: aborted",
        128 + 9 => "signal: killed",
        128 + 11 => "signal: segmentation fault",
        128 + 15 => "signal: terminated",
        _ => FormattableString.Invariant($"exit status {exitCode}"),
    };

    public static byte[] Unanswered(string requestId) =>
        Json("Runtime.Unanswered", $"RequestId: {requestId} Error: the function asked for the next invocation without answering this one");

    public static byte[] ResponseTooLarge(string requestId) =>
        Json("Function.ResponseSizeTooLarge", FormattableString.Invariant($"RequestId: {requestId} Error: Response payload size exceeded maximum allowed payload size ({LambdaHttp.MaxPayloadBytes} bytes)."));
}
