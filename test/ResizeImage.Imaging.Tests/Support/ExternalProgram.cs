using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Other people's programs, which judge our output.</summary>
internal static class ExternalProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly ConcurrentDictionary<string, string?> Pythons = new();

    /// <summary>Whether a program is on the PATH (or, given with a folder, is there).</summary>
    public static bool Exists(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return File.Exists(name);
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, name)));
    }

    /// <summary>A Python 3 that can import all these modules, or null. The system's own comes first: packages install there.</summary>
    public static string? Python(params string[] modules)
    {
        string import = "import " + string.Join(',', modules.DefaultIfEmpty("sys"));
        return Pythons.GetOrAdd(import, static import =>
            Array.Find(["/usr/bin/python3", "python3"], python => Exists(python) && Succeeds(python, ["-c", import])));
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">Its name or path.</param>
    /// <param name="arguments">One string each; nothing is quoted or expanded.</param>
    /// <param name="stdin">What it reads from standard input, null for nothing.</param>
    /// <param name="highestGoodExitCode">For programs whose exit code tells of mere warnings.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It could not start, failed, or took longer than two minutes; with what it wrote to standard error.</exception>
    public static byte[] Run(string file, IEnumerable<string> arguments, byte[]? stdin = null, int highestGoodExitCode = 0)
    {
        using Process process = new()
        {
            StartInfo = new(file, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{file} could not be started: {e.Message}", e);
        }

        // All three pipes at once: a program blocks when one of them is full and nobody reads it.
        using MemoryStream output = new();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> complaint = process.StandardError.ReadToEndAsync();
        Task writing = WriteAsync(process.StandardInput, stdin ?? []);
        if (!Task.WhenAll(reading, complaint, writing).Wait(Patience) || !process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{file} did not finish within {Patience}.");
        }

        return process.ExitCode >= 0 && process.ExitCode <= highestGoodExitCode
            ? output.ToArray()
            : throw new InvalidOperationException($"{file} failed with exit code {process.ExitCode}: {complaint.Result.Trim()}");
    }

    private static bool Succeeds(string file, IEnumerable<string> arguments)
    {
        try
        {
            Run(file, arguments);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task WriteAsync(StreamWriter input, byte[] bytes)
    {
        try
        {
            await input.BaseStream.WriteAsync(bytes);
            input.Close();
        }
        catch (IOException)
        {
            // The program ended without reading everything; its exit code tells whether that is a failure.
        }
    }
}
