using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The environment variables that Lambda sets for a runtime.</summary>
internal static class LambdaEnvironment
{
    private const string TraceIdVariable = "_X_AMZN_TRACE_ID";

    /// <summary>host:port of the Runtime API.</summary>
    public static string RuntimeApi => Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 } address
        ? address
        : throw new InvalidOperationException(
            "AWS_LAMBDA_RUNTIME_API is not set: this program is started by Lambda, or by a local Runtime API that sets it to host:port.");

    public static string FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") ?? string.Empty;

    public static string FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION") ?? string.Empty;

    /// <summary>In MB; 0 where it is not known.</summary>
    public static int MemorySize =>
        int.TryParse(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out int megabytes) ? megabytes : 0;

    /// <summary>Whether the function's log format is JSON.</summary>
    public static bool LogsAreJson => "JSON".Equals(Variable("AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_LOG_FORMAT"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The lowest level that is written: Trace, Debug, Information, Warning, Error or Critical.</summary>
    public static string LogLevel => Variable("AWS_LAMBDA_HANDLER_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL")?.ToUpperInvariant() switch
    {
        "TRACE" => "Trace",
        "DEBUG" => "Debug",
        "WARN" or "WARNING" => "Warning",
        "ERROR" => "Error",
        "FATAL" or "CRITICAL" => "Critical",
        _ => "Information",
    };

    /// <summary>The trace header of the current invocation, where X-Ray's and the AWS SDK's tracing look for it.</summary>
    public static string TraceId
    {
        set => Environment.SetEnvironmentVariable(TraceIdVariable, value);
    }

    /// <summary>The garbage collector sees the host's memory, not the function's: tell it.</summary>
    public static void LimitHeapToFunctionMemory()
    {
        ulong bytes = (ulong)MemorySize << 20;
        if (bytes == 0 || (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < bytes)
        {
            return;
        }

        AppContext.SetData("GCHeapHardLimit", bytes);
        GC.RefreshMemoryLimit();
    }

    private static string? Variable(string first, string second) =>
        Environment.GetEnvironmentVariable(first) is { Length: > 0 } value ? value : Environment.GetEnvironmentVariable(second);
}
