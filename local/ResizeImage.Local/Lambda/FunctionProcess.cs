using System.Diagnostics;
using System.Globalization;

namespace ResizeImage.Local.Lambda;

/// <summary>
/// Runs a function's executable under a <see cref="RuntimeApi"/>, as Lambda does: starts it, restarts it when it ends
/// or exceeds its time or memory limit, gives up when it cannot start, and finally kills it with its children.
/// </summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly FunctionProcessOptions _options;
    private readonly RuntimeApi _api;
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _lock = new();
    private readonly string _temporaryFolder = Directory.CreateTempSubdirectory("resizeimage-function-").FullName;
    private FunctionSandbox? _sandbox;
    private int _starts;
    private TimeSpan _limit;
    private Task _supervision = Task.CompletedTask;

    private FunctionProcess(FunctionProcessOptions options, RuntimeApi api)
    {
        _options = options;
        _api = api;
    }

    /// <summary>The number of process starts.</summary>
    public int Starts => Locked(_ => _starts);

    /// <summary>The id of the process that runs; null while none does.</summary>
    public int? ProcessId => Locked(sandbox => sandbox?.Id);

    /// <summary>Starts the function.</summary>
    /// <exception cref="LocalCloudException">It cannot be started.</exception>
    public static FunctionProcess Start(FunctionProcessOptions options, RuntimeApi api)
    {
        if (!File.Exists(options.Path))
        {
            throw new LocalCloudException($"The function {options.Path} does not exist. Build it first: dotnet build src/ResizeImage -c Release.");
        }

        FunctionProcess function = new(options, api);
        api.Queue.MemoryUsed = () => function.Locked(sandbox => sandbox is null ? null : ProcessMemory.Peak(sandbox.Id));
        api.Queue.KillIfOverMemory = () => function.Locked(sandbox => sandbox?.KillIfOverMemory() ?? false);
        FunctionSandbox sandbox;
        try
        {
            sandbox = function.StartSandbox();
        }
        catch
        {
            Directory.Delete(function._temporaryFolder, recursive: true);
            throw;
        }

        api.Queue.TimedOut += function.KillForTimeout;
        function._supervision = Task.Run(() => function.SuperviseAsync(sandbox));
        return function;
    }

    /// <summary>Kills the function with its children and waits for their end.</summary>
    public async ValueTask DisposeAsync()
    {
        _api.Queue.TimedOut -= KillForTimeout;
        lock (_lock)
        {
            _stopping.Cancel();
            _sandbox?.Kill(SandboxEnd.Exited);
        }

        await _supervision;
        _stopping.Dispose();
        Directory.Delete(_temporaryFolder, recursive: true);
    }

    /// <summary>Asks the process that runs, if one does. Waits while one starts: it may already answer before it is known here.</summary>
    private T Locked<T>(Func<FunctionSandbox?, T> ask)
    {
        lock (_lock)
        {
            return ask(_sandbox);
        }
    }

    private async Task SuperviseAsync(FunctionSandbox sandbox)
    {
        for (int crashes = 0; ;)
        {
            await sandbox.WaitForExitAsync();
            (SandboxEnd end, int exitCode) = (sandbox.End, sandbox.ExitCode);
            lock (_lock)
            {
                _sandbox = null;
                sandbox.Dispose();
            }

            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            // A process that requested an invocation did start. The next one may survive what killed it.
            crashes = _api.Queue.ProcessEnded() ? 0 : crashes + 1;
            _api.Queue.FailCurrent(requestId => end == SandboxEnd.OutOfMemory ? FunctionError.OutOfMemory(requestId) : FunctionError.Exited(requestId, exitCode));
            string what = Describe(end, exitCode);
            if (_api.InitError is not null || crashes == _options.MaxCrashes)
            {
                GiveUp(what, crashes);
                return;
            }

            _options.Output($"{what}; starting it again");
            await Task.Delay(FirstPause * (1 << crashes), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                sandbox = StartSandbox();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (LocalCloudException e)
            {
                GiveUp(e.Message, crashes);
                return;
            }
        }
    }

    private string Describe(SandboxEnd end, int exitCode) => end switch
    {
        SandboxEnd.TimedOut => string.Create(CultureInfo.InvariantCulture, $"killed after {_limit.TotalSeconds:0.##} seconds, its time limit{(_limit < _api.Options.Timeout ? " while S3 did not answer" : " (--timeout)")}"),
        SandboxEnd.OutOfMemory => string.Create(CultureInfo.InvariantCulture, $"killed for using more than {_api.Options.MemorySize} MB, its memory limit (--memory-size)"),
        _ => $"ended: {FunctionError.ExitStatus(exitCode)}",
    };

    private void GiveUp(string what, int crashes)
    {
        if (_api.InitError is not null)
        {
            // Invocations fail with what it reported.
            _options.Output("did not start, and is not started again");
            return;
        }

        string message = string.Create(
            CultureInfo.InvariantCulture, $"the function ended {crashes} times before it asked for an invocation, and is not started again; the last time it {what}");
        _options.Output(message);
        _api.Queue.SetUnavailable(FunctionError.Json("Runtime.ExitError", message));
    }

    private FunctionSandbox StartSandbox()
    {
        string path = Path.GetFullPath(_options.Path);
        string taskRoot = Path.GetDirectoryName(path)!;
        bool managed = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new(managed ? DotnetHost() : path)
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

        LambdaEnvironment.Apply(start.Environment, _api.Options, taskRoot, _api.Reserve(), _options.S3);

        // Each process has its own /tmp, as on Lambda. Files of a killed process are deleted with the folder.
        start.Environment["TMPDIR"] = _temporaryFolder;
        foreach ((string? name, string? value) in _options.Environment)
        {
            start.Environment[name] = value;
        }

        lock (_lock)
        {
            // Under the lock of DisposeAsync, which kills everything that has started.
            _stopping.Token.ThrowIfCancellationRequested();
            _api.Queue.ProcessStarting();
            _sandbox = FunctionSandbox.Start(start, Forward, (long)_api.Options.MemorySize << 20);
            _starts++;
            return _sandbox;
        }
    }

    private void Forward(string line)
    {
        _api.Queue.Log(line);
        _options.Output(line);
    }

    private void KillForTimeout(TimeSpan limit)
    {
        lock (_lock)
        {
            _limit = limit;
            _sandbox?.Kill(SandboxEnd.TimedOut);
        }
    }

    private static string DotnetHost() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");
}
