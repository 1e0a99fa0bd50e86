namespace Amazon.Lambda.Core;

/// <summary>What Lambda tells a function about the invocation and about the function itself.</summary>
public interface ILambdaContext
{
    /// <summary>Identifies the invocation; a retry has the same one.</summary>
    string AwsRequestId { get; }

    /// <summary>What a mobile application tells about itself; null for all other invocations.</summary>
    IClientContext? ClientContext { get; }

    /// <summary>Name of the function.</summary>
    string FunctionName { get; }

    /// <summary>Version of the function, or $LATEST.</summary>
    string FunctionVersion { get; }

    /// <summary>The user of a mobile application; null for all other invocations.</summary>
    ICognitoIdentity? Identity { get; }

    /// <summary>The ARN by which the function was invoked.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the function's log.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>The log group of the function.</summary>
    string LogGroupName { get; }

    /// <summary>The log stream of the execution environment.</summary>
    string LogStreamName { get; }

    /// <summary>The memory configured for the function, in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Time until Lambda ends the invocation.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The trace header of the invocation; empty if there is none.</summary>
    string TraceId => string.Empty;
}

/// <summary>What a mobile application tells about itself. No member of it is used here.</summary>
public interface IClientContext;

/// <summary>The user of a mobile application. No member of it is used here.</summary>
public interface ICognitoIdentity;
