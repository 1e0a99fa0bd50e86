using ResizeImage.Local.Events;

namespace ResizeImage.Local.Lambda;

/// <summary>
/// A function with its configuration. New environment variables need a new process, as on Lambda: the current invocation
/// finishes with the old ones, and later invocations have the new ones.
/// </summary>
internal sealed class DeployedFunction : IAsyncDisposable
{
    private readonly RuntimeApi _api;
    private readonly SemaphoreSlim _updating = new(1, 1);
    private FunctionProcessOptions _options;
    private FunctionProcess _process;

    /// <summary>Starts the function.</summary>
    /// <exception cref="LocalCloudException">It cannot be started.</exception>
    public DeployedFunction(FunctionProcessOptions options, RuntimeApi api)
    {
        _api = api;
        _options = options;
        _process = FunctionProcess.Start(options, api);
    }

    /// <summary>The configuration has changed.</summary>
    public event Action? Updated;

    /// <summary>The environment variables, without those that Lambda sets.</summary>
    public IReadOnlyDictionary<string, string> Environment => _options.Environment;

    /// <summary>The executable.</summary>
    public string Path => _options.Path;

    /// <summary>Its limits.</summary>
    public RuntimeApiOptions Limits => _api.Options;

    /// <summary>The operation UpdateFunctionConfiguration, for environment variables.</summary>
    /// <param name="environment">Replaces all current variables.</param>
    /// <exception cref="FunctionConfigurationException">The function does not start with them; it keeps the current ones.</exception>
    public async Task UpdateEnvironmentAsync(IReadOnlyDictionary<string, string> environment)
    {
        await _updating.WaitAsync();
        try
        {
            FunctionProcessOptions updated = _options with { Environment = environment };
            await TryAsync(updated);
            await _api.Queue.PauseAsync();
            try
            {
                await _process.DisposeAsync();
                _process = FunctionProcess.Start(updated, _api);
                _options = updated;
            }
            finally
            {
                _api.Queue.Resume();
            }

            Updated?.Invoke();
        }
        finally
        {
            _updating.Release();
        }
    }

    /// <summary>Stops the function.</summary>
    public async ValueTask DisposeAsync()
    {
        await _updating.WaitAsync();
        await _process.DisposeAsync();
        _updating.Dispose();
    }

    /// <summary>Runs the function once in a separate process, with an event that names no photo, so that an invalid setting fails no photo.</summary>
    private async Task TryAsync(FunctionProcessOptions options)
    {
        await using RuntimeApi api = await RuntimeApi.StartAsync(_api.Options with { Port = 0 });
        await using FunctionProcess process = FunctionProcess.Start(options with { MaxCrashes = 1, Output = _ => { } }, api);
        InvocationResult result = await api.InvokeAsync(S3EventJson.WriteTestEvent("photos"));
        if (result.FunctionError is not null)
        {
            throw new FunctionConfigurationException(FunctionError.MessageIn(result.Payload));
        }
    }
}

/// <summary>A function does not start with a configuration; the message is the function's own.</summary>
internal sealed class FunctionConfigurationException(string message) : Exception(message);
