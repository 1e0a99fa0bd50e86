using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>Keeps what is logged, and writes it to the console.</summary>
public class TestLambdaLogger : ILambdaLogger
{
    /// <summary>All that was logged; each line begins with its level.</summary>
    public StringBuilder Buffer { get; } = new();

    /// <inheritdoc/>
    public void Log(string message)
    {
        Buffer.Append(message);
        Console.Write(message);
    }

    /// <inheritdoc/>
    public void LogLine(string message) => Log(message + Environment.NewLine);

    /// <inheritdoc/>
    public void Log(string level, string message) => LogLine($"{level}: {message}");

    /// <summary>Writes the template as it is, and each value in a line of its own.</summary>
    public void Log(string level, string message, params object[] args) =>
        LogLine($"{level}: {message}{string.Concat(args.Select(arg => $"{Environment.NewLine}\t{arg}"))}");

    /// <inheritdoc/>
    public void Log(string level, Exception exception, string message, params object[] args) =>
        LogLine($"{level}: {message}{Environment.NewLine}{exception}");
}
