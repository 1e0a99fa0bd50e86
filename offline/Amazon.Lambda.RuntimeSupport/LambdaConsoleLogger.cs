using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes lines as Lambda's .NET runtime does: time, request id, level and message between tabs, or, where the function's log format is
/// JSON, an object with the values of the message as properties.
/// </summary>
internal sealed class LambdaConsoleLogger(string requestId, string traceId) : ILambdaLogger
{
    private static readonly string[] Levels = ["Trace", "Debug", "Information", "Warning", "Error", "Critical"];

    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => Log("Information", message);

    public void Log(string level, string message) => Write(level, null, message, []);

    public void Log(string level, string message, params object[] args) => Write(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) => Write(level, exception, message, args);

    private void Write(string level, Exception? exception, string message, object[] values)
    {
        if (Array.IndexOf(Levels, level) < Array.IndexOf(Levels, LambdaEnvironment.LogLevel))
        {
            return;
        }

        string time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        (string text, IReadOnlyList<KeyValuePair<string, object>> properties) = MessageTemplate.Apply(message, values);
        Console.WriteLine(LambdaEnvironment.LogsAreJson
            ? Json(time, level, text, properties, exception)
            : $"{time}\t{requestId}\t{Label(level)}\t{text}{(exception is null ? "" : $"\n{exception}")}");
    }

    private string Json(string time, string level, string text, IReadOnlyList<KeyValuePair<string, object>> properties, Exception? exception)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time);
            json.WriteString("level", level);
            json.WriteString("requestId", requestId);
            json.WriteString("traceId", traceId);
            json.WriteString("message", text);
            foreach ((string name, object value) in properties)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            if (exception is not null)
            {
                json.WriteString("errorType", exception.GetType().FullName);
                json.WriteString("errorMessage", exception.Message);
                json.WriteStartArray("stackTrace");
                foreach (string frame in exception.ToString().Split('\n'))
                {
                    json.WriteStringValue(frame.Trim());
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string Label(string level) => level switch
    {
        "Trace" => "trce",
        "Debug" => "dbug",
        "Information" => "info",
        "Warning" => "warn",
        "Error" => "fail",
        "Critical" => "crit",
        _ => level,
    };
}
