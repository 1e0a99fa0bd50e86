using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Commands;

/// <summary>The settings of the function from the command line and the environment.</summary>
internal static class FunctionSettings
{
    /// <summary>The function's settings (docs/settings.md), and those of its log in Lambda.</summary>
    public static readonly string[] Variables =
    [
        .. SettingVariables.All, .. ThumbnailSetting.All.Select(setting => setting.Variable), .. LimitSetting.All.Select(setting => setting.Variable),
        "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_HANDLER_LOG_LEVEL",
    ];

    /// <summary>Where photos go: as the command line says, else as the function's environment does, else its default.</summary>
    public static string InputPrefix(CommandLine arguments) =>
        arguments.Input ?? Environment.GetEnvironmentVariable(SettingVariables.InputPrefix) ?? SettingVariables.DefaultInputPrefix;

    /// <summary>Where thumbnails appear, unless OUTPUT_KEY or OUTPUT_BUCKET say otherwise.</summary>
    public static string OutputPrefix(CommandLine arguments) =>
        arguments.Output ?? Environment.GetEnvironmentVariable(SettingVariables.OutputPrefix) ?? SettingVariables.DefaultOutputPrefix;

    /// <summary>The function's environment: its settings as this process's environment has them, and what the command line says.</summary>
    public static Dictionary<string, string> ToEnvironment(CommandLine arguments)
    {
        // For schedules, which name no bucket.
        Dictionary<string, string> environment = new() { [SettingVariables.InputBucket] = arguments.Bucket };
        foreach (string name in Variables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        if (arguments.Input is not null)
        {
            environment[SettingVariables.InputPrefix] = arguments.Input;
        }

        if (arguments.Output is not null)
        {
            environment[SettingVariables.OutputPrefix] = arguments.Output;
        }

        return environment;
    }

    /// <summary>The function's limits.</summary>
    public static RuntimeApiOptions Limits(CommandLine arguments) => new() { MemorySize = arguments.MemorySize, Timeout = arguments.Timeout };
}
