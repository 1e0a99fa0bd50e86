using Amazon.Lambda.Core;
using ResizeImage.Configuration;
using ResizeImage.Reports;
using ResizeImage.Text;

namespace ResizeImage.Observability;

/// <summary>A log line for each record, and metrics if METRICS_NAMESPACE is set.</summary>
internal sealed class FunctionLog(Settings settings, TimeProvider clock)
{
    private int _invocations;

    /// <summary>Begins an invocation. The first one of a process is a cold start, unless the process was started in advance.</summary>
    public InvocationLog Begin(ILambdaContext context)
    {
        bool isColdStart = Interlocked.Increment(ref _invocations) == 1 && !settings.IsStartedInAdvance;
        return new InvocationLog(context.Logger, isColdStart, settings.MetricsNamespace is { } name ? new EmbeddedMetrics(name, context, clock) : null);
    }
}

/// <summary>The log of one invocation.</summary>
/// <param name="logger">Receives the lines.</param>
/// <param name="isColdStart">Whether the next record is the first one of this process.</param>
/// <param name="metrics">Null for none.</param>
internal sealed class InvocationLog(ILambdaLogger logger, bool isColdStart, EmbeddedMetrics? metrics)
{
    private bool _isColdStart = isColdStart;

    /// <summary>Writes the result of a record. The first one includes the cold start.</summary>
    public void Write(RecordResult result)
    {
        RecordLine.Write(logger, result, _isColdStart);
        metrics?.Write(result, _isColdStart);
        _isColdStart = false;
    }

    /// <summary>Writes the result of a request.</summary>
    public void Write(RecordResult result, AnsweredRequest request)
    {
        RecordLine.Write(logger, result, _isColdStart, request);
        metrics?.Write(result, _isColdStart, isRequest: true);
        _isColdStart = false;
    }

    /// <summary>Writes the result of a scheduled invocation.</summary>
    public void Write(ReconciliationReport report, string bucket)
    {
        Information(report.Describe(bucket));
        metrics?.Write(report);
    }

    /// <summary>Writes something else.</summary>
    public void Information(string message) => logger.LogInformation(LogText.Escape(message));

    /// <summary>Writes an error.</summary>
    public void Error(string message) => logger.LogError(LogText.Escape(message));

    /// <summary>Writes an exception that should not have happened, with its stack trace: in several lines only if no message could forge one.</summary>
    public void Error(Exception exception, string message)
    {
        if (LogText.IsPlain(exception))
        {
            logger.LogError(exception, LogText.Escape(message));
        }
        else
        {
            Error($"{message}: {exception}");
        }
    }
}
