using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ResizeImage.Local.Lambda;

/// <summary>What a <see cref="FunctionProcess"/> runs.</summary>
public sealed record FunctionProcessOptions
{
    /// <summary>The function's executable: a native file, or a .dll for dotnet.</summary>
    public required string Path { get; init; }

    /// <summary>The S3 endpoint that the function works on; null for none.</summary>
    public Uri? S3 { get; init; }

    /// <summary>Environment variables besides Lambda's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets each line that the function writes.</summary>
    public Action<string> Output { get; init; } = _ => { };

    /// <summary>How often in a row the process may end without having answered anything before it is given up.</summary>
    public int MaxCrashes { get; init; } = 3;
}

/// <summary>
/// Runs a function's executable under a <see cref="RuntimeApi"/>, as Lambda does: starts it, starts it again when it ends
/// or is killed for taking too long, gives it up when it ends again and again, and kills it and its children in the end.
/// </summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly FunctionProcessOptions _options;
    private readonly RuntimeApi _api;
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _lock = new();
    private readonly string _temporaryFolder = Directory.CreateTempSubdirectory("resizeimage-function-").FullName;
    private Process? _process;
    private long _started;
    private Task _supervision = Task.CompletedTask;
    private bool _timedOut;

    private FunctionProcess(FunctionProcessOptions options, RuntimeApi api)
    {
        _options = options;
        _api = api;
    }

    /// <summary>How often the process has been started.</summary>
    public int Starts { get; private set; }

    /// <summary>The id of the process that runs; null while none does.</summary>
    public int? ProcessId
    {
        get
        {
            lock (_lock)
            {
                return _process?.Id;
            }
        }
    }

    /// <summary>From the start of the process that runs until it asked for its first event; null while it has not.</summary>
    public TimeSpan? InitDuration { get; private set; }

    /// <summary>Starts the function.</summary>
    /// <exception cref="LocalCloudException">It cannot be started.</exception>
    public static FunctionProcess Start(FunctionProcessOptions options, RuntimeApi api)
    {
        if (!File.Exists(options.Path))
        {
            throw new LocalCloudException($"The function {options.Path} does not exist. Build it first: dotnet build src/ResizeImage -c Release.");
        }

        var function = new FunctionProcess(options, api);
        api.Queue.Awaited += function.EndInit;
        Process process;
        try
        {
            process = function.StartProcess();
        }
        catch
        {
            api.Queue.Awaited -= function.EndInit;
            Directory.Delete(function._temporaryFolder, recursive: true);
            throw;
        }

        api.Queue.TimedOut += function.KillForTimeout;
        function._supervision = Task.Run(() => function.SuperviseAsync(process));
        return function;
    }

    /// <summary>Kills the function and all that it started, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _api.Queue.TimedOut -= KillForTimeout;
        _api.Queue.Awaited -= EndInit;
        lock (_lock)
        {
            _stopping.Cancel();
            Kill(_process);
        }

        await _supervision;
        _stopping.Dispose();
        Directory.Delete(_temporaryFolder, recursive: true);
    }

    private async Task SuperviseAsync(Process process)
    {
        for (int crashes = 0; ;)
        {
            long answeredBefore = _api.Queue.Answered;
            await WaitForExitAsync(process);
            int exitCode = process.ExitCode;
            lock (_lock)
            {
                _process = null;
                process.Dispose();
            }

            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            bool crashed = !_timedOut && _api.Queue.Answered == answeredBefore;
            crashes = crashed ? crashes + 1 : 0;
            _timedOut = false;
            _api.Queue.FailCurrent(requestId => FunctionError.Exited(requestId, exitCode));
            if (_api.InitError is not null || crashes == _options.MaxCrashes)
            {
                GiveUp(exitCode, crashes);
                return;
            }

            _options.Output(string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}; starting it again"));
            await Task.Delay(FirstPause * (1 << crashes), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                process = StartProcess();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (LocalCloudException e)
            {
                _options.Output(e.Message);
                GiveUp(exitCode, crashes);
                return;
            }
        }
    }

    private static async Task WaitForExitAsync(Process process)
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        if (!process.HasExited)
        {
            await exited.Task;
        }

        // This one waits for the end of the output too, which a child that lives on would hold open.
        using var patience = new CancellationTokenSource(LastWords);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void GiveUp(int exitCode, int crashes)
    {
        if (_api.InitError is not null)
        {
            // Invocations fail with what it reported.
            _options.Output("did not start, and is not started again");
            return;
        }

        string message = string.Create(
            CultureInfo.InvariantCulture, $"the function ended {crashes} times without answering, last with exit code {exitCode}, and is not started again");
        _options.Output(message);
        _api.Queue.SetUnavailable(FunctionError.Json("Runtime.ExitError", message));
    }

    private Process StartProcess()
    {
        string path = Path.GetFullPath(_options.Path);
        string taskRoot = Path.GetDirectoryName(path)!;
        bool managed = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(managed ? DotnetHost() : path)
        {
            WorkingDirectory = taskRoot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (managed)
        {
            start.ArgumentList.Add(path);
        }

        // Its own, as on Lambda; what a killed process leaves there goes with the folder.
        start.Environment["TMPDIR"] = _temporaryFolder;
        LambdaEnvironment.Apply(start.Environment, _api.FunctionName, taskRoot, _api.Endpoint, _options.S3);
        foreach (var (name, value) in _options.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += Forward;
        process.ErrorDataReceived += Forward;
        lock (_lock)
        {
            // Under the lock of DisposeAsync: nothing is started that it would not kill.
            _stopping.Token.ThrowIfCancellationRequested();
            InitDuration = null;
            _started = Stopwatch.GetTimestamp();
            try
            {
                process.Start();
            }
            catch (Win32Exception e)
            {
                throw new LocalCloudException($"The function {path} cannot be started: {e.Message}", e);
            }

            _process = process;
            Starts++;
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Forward(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            _options.Output(line.Data);
        }
    }

    private void EndInit() => InitDuration ??= Stopwatch.GetElapsedTime(_started);

    private void KillForTimeout()
    {
        lock (_lock)
        {
            _timedOut = _process is not null;
            Kill(_process);
        }
    }

    private static void Kill(Process? process)
    {
        try
        {
            process?.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in this moment.
        }
    }

    private static string DotnetHost() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");
}
