using System.Globalization;
using System.Text;

namespace ResizeImage.Local.Lambda;

/// <summary>The last lines that a function wrote in an attempt.</summary>
internal sealed class InvocationLog
{
    /// <summary>The part of a log that Lambda returns.</summary>
    private const int TailBytes = 4096;

    private readonly object _lock = new();
    private readonly Queue<string> _lines = new();
    private int _bytes;

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Enqueue(line);
            _bytes += Bytes(line);
            while (_lines.Count > 1 && _bytes - Bytes(_lines.Peek()) >= TailBytes)
            {
                _bytes -= Bytes(_lines.Dequeue());
            }
        }
    }

    /// <summary>The end of the log, with the lines that Lambda adds.</summary>
    public string Tail(InvocationResult result, int memorySize)
    {
        StringBuilder log = new();
        log.Append("START RequestId: ").Append(result.RequestId).Append(" Version: ").Append(LambdaEnvironment.FunctionVersion).Append('\n');
        lock (_lock)
        {
            log.AppendJoin("", _lines.Select(line => line + "\n"));
        }

        log.Append("END RequestId: ").Append(result.RequestId).Append('\n').Append(Report(result, memorySize)).Append('\n');
        byte[] text = Encoding.UTF8.GetBytes(log.ToString());
        return Encoding.UTF8.GetString(text.AsSpan(Math.Max(0, text.Length - TailBytes)));
    }

    private static string Report(InvocationResult result, int memorySize)
    {
        double milliseconds = result.Duration.TotalMilliseconds;
        string report = string.Create(
            CultureInfo.InvariantCulture,
            $"REPORT RequestId: {result.RequestId}\tDuration: {milliseconds:0.00} ms\tBilled Duration: {Billing.Milliseconds(result.Duration, result.InitDuration)} ms\tMemory Size: {memorySize} MB");
        if (result.MaxMemoryUsed is { } bytes)
        {
            report += string.Create(CultureInfo.InvariantCulture, $"\tMax Memory Used: {(bytes + (1 << 20) - 1) >> 20} MB");
        }

        return result.InitDuration is { } init
            ? report + string.Create(CultureInfo.InvariantCulture, $"\tInit Duration: {init.TotalMilliseconds:0.00} ms")
            : report;
    }

    private static int Bytes(string line) => Encoding.UTF8.GetByteCount(line) + 1;
}
