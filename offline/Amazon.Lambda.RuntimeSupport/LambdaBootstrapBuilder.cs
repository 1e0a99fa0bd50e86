using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Prepares a <see cref="LambdaBootstrap"/>.</summary>
public class LambdaBootstrapBuilder
{
    private readonly InvocationHandler _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(InvocationHandler handler) => _handler = handler;

    /// <summary>Takes the function's handler.</summary>
    /// <param name="handler">Called for each event.</param>
    /// <param name="serializer">Reads the event and writes the result.</param>
    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async (input, context) =>
        {
            TOutput output = await handler(serializer.Deserialize<TInput>(input), context);
            MemoryStream response = new();
            serializer.Serialize(output, response);
            response.Position = 0;
            return response;
        });

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
