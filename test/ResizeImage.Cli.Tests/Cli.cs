using System.Diagnostics;

namespace ResizeImage.Cli.Tests;

/// <summary>Runs the thumbnail program as its users do: as a process.</summary>
internal static class Cli
{
    /// <summary>The program built with the tests, run by the .NET runtime.</summary>
    public static string Managed { get; } = Path.Combine(AppContext.BaseDirectory, "thumbnail.dll");

    /// <summary>The native executable, where it has been published: dotnet publish src/ResizeImage.Cli -r linux-x64 -p:PublishAot=true -o artifacts/cli.</summary>
    public static string Native { get; } = Path.Combine(RepositoryRoot(), "artifacts", "cli", "thumbnail");

    /// <returns>Exit code, standard output, standard error.</returns>
    public static (int ExitCode, string Output, string Error) Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = program.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments) => Run(Managed, arguments);

    private static string RepositoryRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ResizeImage.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run below the repository.");
        }

        return folder.FullName;
    }
}
