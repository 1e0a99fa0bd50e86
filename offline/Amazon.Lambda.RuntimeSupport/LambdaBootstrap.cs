using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs once before the first event; an exception is reported as an initialization error.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>Handles one event; the stream returned is the response.</summary>
internal delegate Task<Stream> InvocationHandler(Stream input, ILambdaContext context);

/// <summary>Takes events from the Lambda Runtime API and gives them to the handler, one after the other.</summary>
public sealed class LambdaBootstrap : IDisposable
{
    private readonly InvocationHandler _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly RuntimeApiClient _api;

    internal LambdaBootstrap(InvocationHandler handler, LambdaBootstrapInitializer? initializer)
    {
        _handler = handler;
        _initializer = initializer;
        _api = new RuntimeApiClient(LambdaEnvironment.RuntimeApi);
    }

    /// <summary>
    /// Initializes, then handles events until <paramref name="cancellationToken"/> is canceled or the Runtime API is gone.
    /// </summary>
    /// <exception cref="Exception">What the initializer threw; it has been reported.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        LambdaEnvironment.LimitHeapToFunctionMemory();
        LambdaLogger.Sink = new LambdaConsoleLogger(requestId: "", traceId: "").Log;
        try
        {
            if (_initializer is not null && !await InitializeAsync(cancellationToken))
            {
                return;
            }

            while (true)
            {
                using Invocation invocation = await _api.NextAsync(cancellationToken);
                await InvokeAsync(invocation, cancellationToken);
            }
        }
        catch (RuntimeApiGoneException exception)
        {
            // Whoever started this process has ended: end too, instead of lingering.
            await Console.Error.WriteLineAsync(exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _initializer!();
        }
        catch (Exception exception)
        {
            await _api.InitErrorAsync(exception, cancellationToken);
            throw;
        }
    }

    private async Task InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        LambdaEnvironment.TraceId = invocation.Context.TraceId;
        Stream response;
        try
        {
            response = await _handler(invocation.Input, invocation.Context);
        }
        catch (Exception exception)
        {
            invocation.Context.Logger.LogError(exception, "the handler failed");
            await _api.ErrorAsync(invocation.Context.AwsRequestId, exception, cancellationToken);
            return;
        }

        await using (response)
        {
            await _api.ResponseAsync(invocation.Context.AwsRequestId, response, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();
}
