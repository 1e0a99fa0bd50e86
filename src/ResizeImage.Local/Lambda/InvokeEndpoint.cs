using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>The operation Invoke of the Lambda API: POST /2015-03-31/functions/NAME/invocations.</summary>
internal sealed class InvokeEndpoint(InvocationQueue queue, RuntimeApiOptions options)
{
    public const string Version = "/2015-03-31/";

    private const string Functions = Version + "functions/";
    private const string Invocations = "/invocations";

    // A function's lines come through a pipe of their own, and may come a little after its answer.
    private static readonly TimeSpan LateLines = TimeSpan.FromMilliseconds(50);

    public Task HandleAsync(HttpContext http, string path) =>
        HttpMethods.IsPost(http.Request.Method) && path.StartsWith(Functions, StringComparison.Ordinal) && path.EndsWith(Invocations, StringComparison.Ordinal)
        && path.Length > Functions.Length + Invocations.Length
            ? InvokeAsync(http, path[Functions.Length..^Invocations.Length])
            : WriteErrorAsync(http, 501, "NotImplemented", $"This local Lambda has no {http.Request.Method} {path}, only POST {Functions}{options.FunctionName}{Invocations}.");

    private async Task InvokeAsync(HttpContext http, string function)
    {
        string qualifier = http.Request.Query["Qualifier"].ToString();
        if (!LambdaEnvironment.IsFunction(function, options.FunctionName) || qualifier is not ("" or LambdaEnvironment.FunctionVersion))
        {
            string name = qualifier.Length == 0 ? function : $"{function}:{qualifier}";
            await WriteErrorAsync(http, 404, "ResourceNotFoundException", $"Function not found: {name}. The function here is {options.FunctionName}.");
            return;
        }

        if (await LambdaHttp.ReadAsync(http) is not { } payload)
        {
            await WriteErrorAsync(
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
            await WriteErrorAsync(http, 400, "InvalidRequestContentException", $"Could not parse request body into json: {error}");
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
                await WriteErrorAsync(http, 400, "InvalidParameterValueException", $"X-Amz-Invocation-Type is '{other}', expected RequestResponse, Event or DryRun.");
                break;
        }
    }

    private async Task AnswerAsync(HttpContext http, InvocationResult result)
    {
        var headers = http.Response.Headers;
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
            using var _ = JsonDocument.Parse(payload);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static Task WriteErrorAsync(HttpContext http, int status, string errorType, string message)
    {
        http.Response.Headers["x-amzn-ErrorType"] = errorType;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Type", "User");
            json.WriteString("Message", message);
            json.WriteEndObject();
        }

        return LambdaHttp.WriteAsync(http, status, buffer.WrittenMemory);
    }
}
