using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>The Lambda API: the operation Invoke, POST /2015-03-31/functions/NAME/invocations, and <see cref="ConfigurationEndpoint"/>.</summary>
internal sealed class InvokeEndpoint(InvocationQueue queue, RuntimeApiOptions options)
{
    public const string Version = "/2015-03-31/";

    private const string Functions = Version + "functions/";
    private const string Invocations = "/invocations";

    // A function's lines come through a pipe, and may arrive shortly after its answer.
    private static readonly TimeSpan LateLines = TimeSpan.FromMilliseconds(50);

    private readonly ConfigurationEndpoint _configuration = new(options);

    /// <summary>The function whose configuration can be read and changed; null for none.</summary>
    public DeployedFunction? Function
    {
        set => _configuration.Function = value;
    }

    public Task HandleAsync(HttpContext http, string path) => http.Request.Method switch
    {
        "POST" when NameIn(path, Invocations) is { } name => InvokeAsync(http, name),
        "GET" or "PUT" when NameIn(path, ConfigurationEndpoint.PathEnd) is { } name => _configuration.HandleAsync(http, name),
        _ => LambdaHttp.WriteErrorAsync(http, 501, "NotImplemented", $"This local Lambda has no {http.Request.Method} {path}, only POST {Functions}{options.FunctionName}{Invocations}, and GET and PUT {Functions}{options.FunctionName}{ConfigurationEndpoint.PathEnd}."),
    };

    private static string? NameIn(string path, string end) =>
        path.StartsWith(Functions, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal) && path.Length > Functions.Length + end.Length
            ? path[Functions.Length..^end.Length]
            : null;

    private async Task InvokeAsync(HttpContext http, string function)
    {
        string qualifier = http.Request.Query["Qualifier"].ToString();
        if (!LambdaEnvironment.IsFunction(function, options.FunctionName) || qualifier is not ("" or LambdaEnvironment.FunctionVersion))
        {
            string name = qualifier.Length == 0 ? function : $"{function}:{qualifier}";
            await LambdaHttp.WriteErrorAsync(http, 404, "ResourceNotFoundException", $"Function not found: {name}. The function here is {options.FunctionName}.");
            return;
        }

        if (await LambdaHttp.ReadAsync(http) is not { } payload)
        {
            await LambdaHttp.WriteErrorAsync(
                http,
                413,
                "RequestTooLargeException",
                string.Create(CultureInfo.InvariantCulture, $"Request must be smaller than {LambdaHttp.MaxPayloadBytes} bytes for the InvokeFunction operation"));
            return;
        }

        // No payload is the empty event, as in Lambda.
        payload = payload.Length == 0 ? "{}"u8.ToArray() : payload;
        if (JsonErrorIn(payload) is { } error)
        {
            await LambdaHttp.WriteErrorAsync(http, 400, "InvalidRequestContentException", $"Could not parse request body into json: {error}");
            return;
        }

        switch (http.Request.Headers["X-Amz-Invocation-Type"].ToString())
        {
            case "" or "RequestResponse":
                await AnswerAsync(http, await queue.InvokeAsync(payload, InvocationType.RequestResponse, http.RequestAborted));
                break;
            case "Event":
                _ = queue.InvokeAsync(payload, InvocationType.Event, CancellationToken.None);
                await LambdaHttp.WriteAsync(http, 202, default);
                break;
            case "DryRun":
                http.Response.StatusCode = 204;
                break;
            case var other:
                await LambdaHttp.WriteErrorAsync(http, 400, "InvalidParameterValueException", $"X-Amz-Invocation-Type is '{other}', expected RequestResponse, Event or DryRun.");
                break;
        }
    }

    private async Task AnswerAsync(HttpContext http, InvocationResult result)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers["X-Amz-Executed-Version"] = LambdaEnvironment.FunctionVersion;
        headers["x-amzn-RequestId"] = result.RequestId;
        if (result.FunctionError is not null)
        {
            headers["X-Amz-Function-Error"] = result.FunctionError;
        }

        if (http.Request.Headers["X-Amz-Log-Type"] == "Tail")
        {
            await Task.Delay(LateLines, http.RequestAborted);
            headers["X-Amz-Log-Result"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(result.Log.Tail(result, options.MemorySize)));
        }

        await LambdaHttp.WriteAsync(http, 200, result.Payload);
    }

    private static string? JsonErrorIn(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using JsonDocument _ = JsonDocument.Parse(payload);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
