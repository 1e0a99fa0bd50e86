using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests.Support;

/// <summary>The command, serving in its own process on free ports.</summary>
internal sealed partial class LocalProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _line = new(0);

    private LocalProgram(Process process)
    {
        _process = process;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    /// <summary>Of S3.</summary>
    public Uri Endpoint { get; private set; } = null!;

    public Uri LambdaEndpoint { get; private set; } = null!;

    /// <summary>Its output so far.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>How it is started: with these arguments, and a folder for temporary files of its own.</summary>
    public static ProcessStartInfo StartInfo(string? function, string temporaryFolder, IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(temporaryFolder);

        // A background job of a shell inherits that Ctrl-C is ignored, and so would the program: Python restores it and becomes the program.
        const string WithCtrlC = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])";
        ProcessStartInfo start = new(
            ExternalProgram.Python()!,
            ["-c", WithCtrlC, "dotnet", Path.Join(AppContext.BaseDirectory, "ResizeImage.Local.dll"), .. function is null ? [] : new[] { "--function", function }, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TMPDIR"] = temporaryFolder;

        // Or the runtime leaves its diagnostic socket there for as long as it runs.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static Task<LocalProgram> ServeAsync(string function, TemporaryFolder folder, params string[] arguments) =>
        ServeAsync(StartInfo(function, folder["tmp"], ["--port", "0", "--lambda-port", "0", "--data", folder["data"], .. arguments]));

    /// <summary>Starts it with an environment of its own and waits until it serves.</summary>
    public static async Task<LocalProgram> ServeAsync(ProcessStartInfo start)
    {
        LocalProgram program = Start(start);
        try
        {
            program.Endpoint = new Uri(Url().Match(await program.LineAsync("S3 serves")).Value);
            program.LambdaEndpoint = new Uri(Url().Match(await program.LineAsync("/2015-03-31/functions/ResizeImage/invocations")).Value);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it with these arguments alone.</summary>
    public static LocalProgram Start(ProcessStartInfo start) => new(Process.Start(start)!);

    /// <summary>Starts it without a function and waits until S3 serves.</summary>
    public static Task<LocalProgram> ServeS3Async(TemporaryFolder folder, params string[] arguments) =>
        ServeAsync(StartInfo(null, folder["tmp"], ["--port", "0", "--page-port", "0", "--lambda-port", "0", "--data", folder["data"], .. arguments]));

    /// <summary>Waits for a line that it writes, or has written.</summary>
    public async Task<string> LineAsync(params string[] containing)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            if (Array.Find(Lines, line => containing.All(text => line.Contains(text, StringComparison.Ordinal))) is { } found)
            {
                return found;
            }

            if (!await _line.WaitAsync(TimeSpan.FromMilliseconds(200), CancellationToken.None) && (_process.HasExited || patience.IsCancellationRequested))
            {
                Assert.Fail($"No line with '{string.Join("' and '", containing)}' but:\n{string.Join('\n', Lines)}");
            }
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, such as INT, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(string signal)
    {
        ExternalProgram.Run("sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _line.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lock (_lines)
            {
                _lines.Add(line.Data);
            }

            _line.Release();
        }
    }

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Url();
}
