using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Writes lines as Lambda's .NET runtime does: time, request id, level and message between tabs.</summary>
internal sealed class LambdaConsoleLogger(string requestId) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => Log("Information", message);

    public void Log(string level, string message)
    {
        string time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        Console.WriteLine($"{time}\t{requestId}\t{Label(level)}\t{message}");
    }

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Log(level, $"{message}\n{exception}");

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
