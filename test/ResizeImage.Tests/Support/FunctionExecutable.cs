using System.Diagnostics;
using System.Text;

namespace ResizeImage.Tests.Support;

/// <summary>The function's own executable (<see cref="FunctionFile"/>), connected to a Runtime API.</summary>
internal sealed class FunctionExecutable : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <summary>Starts it.</summary>
    /// <param name="runtimeApi">host:port</param>
    /// <param name="s3">URL of the S3 endpoint.</param>
    /// <param name="environment">NAME=value.</param>
    public FunctionExecutable(string runtimeApi, string s3, params string[] environment)
    {
        ProcessStartInfo start = FunctionFile.Path == FunctionFile.Native ? new(FunctionFile.Native) : new("dotnet", [FunctionFile.Path]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        string[] defaults =
        [
            $"AWS_LAMBDA_RUNTIME_API={runtimeApi}", $"AWS_ENDPOINT_URL_S3={s3}", "AWS_REGION=us-east-1", "AWS_LAMBDA_FUNCTION_NAME=thumbnails",
            "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512",
            $"AWS_ACCESS_KEY_ID={FunctionRun.User}", $"AWS_SECRET_ACCESS_KEY={FunctionRun.User}",
        ];
        foreach (string pair in defaults.Concat(environment))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            start.Environment[pair[..equals]] = pair[(equals + 1)..];
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    /// <summary>Kills it, as Lambda does at its limits of memory and time.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
