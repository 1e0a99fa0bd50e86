using System.Reflection;

namespace ResizeImage.Observability;

/// <summary>Which program runs, for the first line of the log and for metrics.</summary>
internal static class ProgramVersion
{
    /// <summary>The version of the program, with the commit where the build knew it.</summary>
    public static string Program { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version";

    /// <summary>The version of the program, and that of the function as Lambda numbers it.</summary>
    /// <param name="variable">Gives the value of the environment variable of that name; null where it is not set.</param>
    public static string Describe(Func<string, string?> variable)
    {
        string? function = variable("AWS_LAMBDA_FUNCTION_VERSION");
        return $"ResizeImage {Program}{(string.IsNullOrEmpty(function) ? "" : $", function version {function}")}";
    }
}
