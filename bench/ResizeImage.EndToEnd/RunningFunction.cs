using System.Diagnostics;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3;

namespace ResizeImage.EndToEnd;

/// <summary>One process of a function, run as Lambda does.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    private readonly RuntimeApi _lambda;
    private readonly FunctionProcess _process;

    private RunningFunction(Contestant contestant, Uri s3, RuntimeApi lambda)
    {
        _lambda = lambda;
        _process = FunctionProcess.Start(new FunctionProcessOptions { Path = contestant.Path, S3 = s3, Environment = contestant.Environment }, lambda);
        ProcessId = _process.ProcessId!.Value;
        Figures = new ProcessFigures(ProcessId);
    }

    public int ProcessId { get; }

    public ProcessFigures Figures { get; }

    /// <summary>Starts a process and waits until it is idle after init.</summary>
    /// <param name="contestant">What to run.</param>
    /// <param name="s3">The endpoint that it works on.</param>
    /// <param name="megabytes">The function's memory size, as Lambda states it.</param>
    public static async Task<RunningFunction> StartAsync(Contestant contestant, Uri s3, int megabytes = 512)
    {
        RunningFunction function = new(contestant, s3, await RuntimeApi.StartAsync(new RuntimeApiOptions { MemorySize = megabytes }));
        double before;
        do
        {
            before = function.Figures.CpuMillisecondsOfThreads;
            await Task.Delay(200);
        }
        while (before == 0 || function.Figures.CpuMillisecondsOfThreads - before > 1);

        return function;
    }

    /// <summary>Starts a process with a waiting event.</summary>
    /// <returns>Milliseconds from starting the process until its thumbnail was stored.</returns>
    public static async Task<double> TimeColdStartAsync(Contestant contestant, S3Server s3, ObjectEvent photo)
    {
        RuntimeApi lambda = await RuntimeApi.StartAsync(new RuntimeApiOptions());
        using ObjectEventSubscription stored = s3.ObjectEvents.Subscribe();
        Task invocation = InvokeAsync(lambda, photo);
        long start = Stopwatch.GetTimestamp();
        await using RunningFunction function = new(contestant, s3.Endpoint, lambda);
        await Task.WhenAny(stored.NextAsync().AsTask(), invocation);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        await invocation;
        return elapsed.TotalMilliseconds;
    }

    /// <summary>Makes one thumbnail.</summary>
    /// <exception cref="InvalidOperationException">The function failed.</exception>
    public Task<InvocationResult> InvokeAsync(ObjectEvent photo) => InvokeAsync(_lambda, photo);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _lambda.DisposeAsync();
    }

    private static async Task<InvocationResult> InvokeAsync(RuntimeApi lambda, ObjectEvent photo)
    {
        InvocationResult result = await lambda.InvokeAsync(S3EventJson.Write(photo), InvocationType.RequestResponse);
        if (result.FunctionError is not null)
        {
            throw new InvalidOperationException($"{photo.Key}: {result.PayloadText}");
        }

        return result;
    }
}
