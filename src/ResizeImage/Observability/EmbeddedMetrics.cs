using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using ResizeImage.Reports;

namespace ResizeImage.Observability;

/// <summary>
/// Metrics in the CloudWatch Embedded Metric Format: log lines that CloudWatch extracts, without a request. One line for each
/// record and each reconciliation; docs/logs-and-metrics.md has the table of metrics.
/// </summary>
internal sealed class EmbeddedMetrics(string metricNamespace, ILambdaContext context, TimeProvider clock)
{
    private const string Dimension = "FunctionName";
    private const string Count = "Count";
    private const string Milliseconds = "Milliseconds";

    /// <summary>Writes the result of a record, or of a request.</summary>
    public void Write(RecordResult result, bool isColdStart, bool isRequest = false) => Write(Of(result, isColdStart, isRequest));

    /// <summary>Writes the result of a scheduled invocation.</summary>
    public void Write(ReconciliationReport report) => Write([new("Reconciliations", Count, 1), new("MissedPhotos", Count, report.Made)]);

    private static List<Metric> Of(RecordResult result, bool isColdStart, bool isRequest)
    {
        List<Metric> metrics = [];

        // A page with one broken photo is not an upload that cannot be read: it must not raise the alarm rejected-photos.
        if (!isRequest || result.Status != RecordStatus.Rejected)
        {
            metrics.Add(new Metric(result.Status.ToString(), Count, 1));
        }

        metrics.Add(new Metric("TotalTime", Milliseconds, result.Milliseconds));
        if (isRequest)
        {
            metrics.Add(new Metric("Requests", Count, 1));
        }

        if (result.Status != RecordStatus.Made)
        {
            // Alarms compare with it, and need a zero instead of a missing value.
            metrics.Add(new Metric(nameof(RecordStatus.Made), Count, 0));
        }

        if (isColdStart)
        {
            metrics.Add(new Metric("ColdStarts", Count, 1));
        }

        Add("ReadTime", Milliseconds, result.Stages?.Read);
        Add("MakeTime", Milliseconds, result.Stages?.Make);
        Add("WriteTime", Milliseconds, result.Stages?.Write);
        Add("CheckTime", Milliseconds, result.Stages?.Check);
        Add("SourceMegapixels", "None", (double?)result.SourceWidth * result.SourceHeight / 1e6);
        return metrics;

        void Add(string name, string unit, double? value)
        {
            if (value is { } known)
            {
                metrics.Add(new Metric(name, unit, known));
            }
        }
    }

    private void Write(List<Metric> metrics)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            Write(json, metrics);
        }

        // Write and not WriteLine, which the runtime treats as a message and prefixes. One call, so that it stays one line.
        Console.Out.Write(Encoding.UTF8.GetString(line.WrittenSpan) + "\n");
    }

    /// <summary>"Specification: Embedded metric format" in the CloudWatch User Guide. Level and time are for Lambda's log format JSON.</summary>
    private void Write(Utf8JsonWriter json, List<Metric> metrics)
    {
        DateTimeOffset now = clock.GetUtcNow();
        json.WriteStartObject();
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", metricNamespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue(Dimension);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (Metric metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric.Name);
            json.WriteString("Unit", metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("timestamp", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("level", "INFO");
        json.WriteString("requestId", context.AwsRequestId);
        json.WriteString("version", ProgramVersion.Program);
        json.WriteString("functionVersion", context.FunctionVersion);
        json.WriteString(Dimension, context.FunctionName);
        foreach (Metric metric in metrics)
        {
            json.WriteNumber(metric.Name, metric.Value);
        }

        json.WriteEndObject();
    }

    private readonly record struct Metric(string Name, string Unit, double Value);
}
