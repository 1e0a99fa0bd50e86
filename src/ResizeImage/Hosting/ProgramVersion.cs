using System.Reflection;

namespace ResizeImage.Hosting;

/// <summary>Which program runs, for the first line of the log.</summary>
internal static class ProgramVersion
{
    /// <summary>The version of the program, with the commit where the build knew it, and that of the function as Lambda numbers it.</summary>
    /// <param name="variable">Gives the value of the environment variable of that name; null where it is not set.</param>
    public static string Describe(Func<string, string?> variable)
    {
        string? program = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        string? function = variable("AWS_LAMBDA_FUNCTION_VERSION");
        return $"ResizeImage {program ?? "of an unknown version"}{(string.IsNullOrEmpty(function) ? "" : $", function version {function}")}";
    }
}
