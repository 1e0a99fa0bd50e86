using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Prepares a <see cref="LambdaBootstrap"/>.</summary>
public class LambdaBootstrapBuilder
{
    private readonly InvocationHandler _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(InvocationHandler handler) => _handler = handler;

    /// <summary>Takes the function's handler.</summary>
    /// <param name="handler">Called for each event; the stream returned is the response.</param>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) => new(new InvocationHandler(handler));

    /// <summary>Takes what shall run once before the first event.</summary>
    /// <param name="lambdaBootstrapInitializer">Returns false to end the process without an error.</param>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Makes the loop.</summary>
    public LambdaBootstrap Build() => new(_handler, _initializer);
}
