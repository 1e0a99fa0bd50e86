namespace Amazon.Lambda.Core;

/// <summary>What Lambda tells a function about the invocation and about the function itself.</summary>
public interface ILambdaContext
{
    /// <summary>Identifies the invocation; a retry has the same one.</summary>
    string AwsRequestId { get; }

    /// <summary>Name of the function.</summary>
    string FunctionName { get; }

    /// <summary>Version of the function, or $LATEST.</summary>
    string FunctionVersion { get; }

    /// <summary>The ARN by which the function was invoked.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the function's log.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>The memory configured for the function, in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Time until Lambda ends the invocation.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The trace header of the invocation; empty if there is none.</summary>
    string TraceId => string.Empty;
}
