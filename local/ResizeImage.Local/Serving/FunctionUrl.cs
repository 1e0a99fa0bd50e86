using System.Text;
using System.Text.Json;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Serving;

/// <summary>The URL of the function: each request invokes it and gets its answer, as a Lambda function URL with AuthType NONE does.</summary>
/// <param name="lambda">Invokes the function.</param>
internal sealed class FunctionUrl(RuntimeApi lambda) : IAsyncDisposable
{
    private LoopbackServer? _http;

    /// <summary>Ends with a slash.</summary>
    public Uri Endpoint => _http!.Endpoint;

    /// <exception cref="LocalCloudException">The port cannot be used.</exception>
    public static async Task<FunctionUrl> StartAsync(RuntimeApi lambda, int port, int furtherPorts)
    {
        FunctionUrl url = new(lambda);
        url._http = await LoopbackServer.StartAsync(new ListenOptions(port, "--url-port") { FurtherPorts = furtherPorts }, url.HandleAsync);
        return url;
    }

    public async ValueTask DisposeAsync()
    {
        if (_http is not null)
        {
            await _http.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (await LambdaHttp.ReadAsync(http) is not { } body)
        {
            await FailAsync(http, StatusCodes.Status413PayloadTooLarge, "Request Too Long");
            return;
        }

        InvocationResult result = await lambda.InvokeAsync(FunctionUrlEvent.Write(http, body, DateTimeOffset.UtcNow), InvocationType.RequestResponse, http.RequestAborted);
        http.Response.Headers["x-amzn-RequestId"] = result.RequestId;
        if (result.FunctionError is not null)
        {
            await FailAsync(http, StatusCodes.Status502BadGateway, "Internal Server Error");
            return;
        }

        try
        {
            await FunctionUrlAnswer.WriteAsync(http, result.Payload);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException && !http.Response.HasStarted)
        {
            await FailAsync(http, StatusCodes.Status502BadGateway, "Internal Server Error");
        }
    }

    private static Task FailAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(message), http.RequestAborted).AsTask();
    }
}
