namespace ResizeImage.Local.Commands;

/// <summary>The settings of the function that the local cloud itself has to know.</summary>
internal static class FunctionSettings
{
    private const string InputVariable = "INPUT_PREFIX";
    private const string OutputVariable = "OUTPUT_PREFIX";

    /// <summary>Where photos go: as the command line says, else as the function's environment does, else its default.</summary>
    public static string InputPrefix(CommandLine arguments) =>
        arguments.Input ?? Environment.GetEnvironmentVariable(InputVariable) ?? "input/";

    /// <summary>Where thumbnails appear, unless the function is told otherwise by a template.</summary>
    public static string OutputPrefix(CommandLine arguments) =>
        arguments.Output ?? Environment.GetEnvironmentVariable(OutputVariable) ?? "output/";

    /// <summary>What the command line says, as the function's environment.</summary>
    public static Dictionary<string, string> ToEnvironment(CommandLine arguments)
    {
        var environment = new Dictionary<string, string>();
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
}
