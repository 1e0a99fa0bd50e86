using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Commands;

/// <summary>What the command line and the environment say of the function.</summary>
internal static class FunctionSettings
{
    private const string InputVariable = "INPUT_PREFIX";
    private const string OutputVariable = "OUTPUT_PREFIX";

    /// <summary>The function's settings (README.md, Settings), and those of its log in Lambda.</summary>
    public static readonly string[] Variables =
    [
        "ENGINE", "THUMBNAIL_SIZE", "THUMBNAIL_FIT", "THUMBNAIL_FORMAT", "THUMBNAIL_QUALITY", "THUMBNAIL_PROGRESSIVE", "THUMBNAIL_BACKGROUND",
        "INPUT_BUCKET", InputVariable, OutputVariable, "OUTPUT_BUCKET", "EXPECTED_BUCKET_OWNER", "EXPECTED_OUTPUT_BUCKET_OWNER", "OUTPUT_KEY", "DELETE_THUMBNAILS", "REPORT_PREFIX",
        "MAX_PIXELS", "MAX_FILE_BYTES", "MAX_DECODED_BYTES", "MAX_WORK",
        "METRICS_NAMESPACE", "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_HANDLER_LOG_LEVEL",
    ];

    /// <summary>Where photos go: as the command line says, else as the function's environment does, else its default.</summary>
    public static string InputPrefix(CommandLine arguments) =>
        arguments.Input ?? Environment.GetEnvironmentVariable(InputVariable) ?? "input/";

    /// <summary>Where thumbnails appear, unless the function is told otherwise by a template.</summary>
    public static string OutputPrefix(CommandLine arguments) =>
        arguments.Output ?? Environment.GetEnvironmentVariable(OutputVariable) ?? "output/";

    /// <summary>The function's environment: its settings as this process's environment has them, and what the command line says.</summary>
    public static Dictionary<string, string> ToEnvironment(CommandLine arguments)
    {
        // For schedules, which name no bucket.
        Dictionary<string, string> environment = new() { ["INPUT_BUCKET"] = arguments.Bucket };
        foreach (string name in Variables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        if (arguments.Input is not null)
        {
            environment[InputVariable] = arguments.Input;
        }

        if (arguments.Output is not null)
        {
            environment[OutputVariable] = arguments.Output;
        }

        return environment;
    }

    /// <summary>The function's limits.</summary>
    public static RuntimeApiOptions Limits(CommandLine arguments) => new() { MemorySize = arguments.MemorySize, Timeout = arguments.Timeout };
}
