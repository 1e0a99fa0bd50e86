using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API stopped answering.</summary>
internal sealed class RuntimeApiGoneException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The Lambda Runtime API, version 2018-06-01, seen from the runtime.</summary>
/// <param name="address">host:port</param>
internal sealed class RuntimeApiClient(string address) : IDisposable
{
    /// <summary>A first failure may be a kept-alive connection that the other side closed; three in a row are not.</summary>
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly MediaTypeHeaderValue ErrorType = new("application/vnd.aws.lambda.error+json");

    // Lambda freezes the process while "next" waits: no timeout may strike when it thaws.
    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri($"http://{address}/2018-06-01/runtime/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Waits for the next event.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, "invocation/next"), cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new RuntimeApiGoneException($"The Runtime API at {address} answered {(int)answer.StatusCode} to invocation/next; the runtime ends.");
        }

        MemoryStream input = new(await answer.Content.ReadAsByteArrayAsync(cancellationToken), writable: false);
        return new Invocation(input, new LambdaContext(answer.Headers));
    }

    /// <summary>Answers an invocation.</summary>
    public async Task ResponseAsync(string requestId, Stream response, CancellationToken cancellationToken)
    {
        using MemoryStream copy = new();
        await response.CopyToAsync(copy, cancellationToken);
        byte[] body = copy.ToArray();
        await PostAsync($"invocation/{requestId}/response", body, new(MediaTypeNames.Application.Json), errorType: null, cancellationToken);
    }

    /// <summary>Reports that an invocation failed.</summary>
    public Task ErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", ErrorDocument.Write(exception), ErrorType, exception.GetType().Name, cancellationToken);

    /// <summary>Reports that the function could not be initialized. The process must end afterwards.</summary>
    public Task InitErrorAsync(Exception exception, CancellationToken cancellationToken) =>
        PostAsync("init/error", ErrorDocument.Write(exception), ErrorType, exception.GetType().Name, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, byte[] body, MediaTypeHeaderValue type, string? errorType, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(
            () =>
            {
                HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = type;
                if (errorType is not null)
                {
                    request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
                }

                return request;
            },
            cancellationToken);
        if (answer.StatusCode == HttpStatusCode.InternalServerError)
        {
            // "Container error. Non-recoverable state. Runtime should exit promptly."
            throw new RuntimeApiGoneException($"The Runtime API at {address} answered 500 to {path}; the runtime ends.");
        }

        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            // 400: the invocation is over (deadline); 413: over 6 MB. Lambda has told the caller; the loop goes on.
            string detail = await answer.Content.ReadAsStringAsync(cancellationToken);
            await Console.Error.WriteLineAsync($"The Runtime API answered {(int)answer.StatusCode} to {path}: {detail}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using HttpRequestMessage request = create();
            try
            {
                return await _http.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (attempt == Attempts)
            {
                throw new RuntimeApiGoneException($"The Runtime API at {address} is gone ({exception.Message}); the runtime ends.", exception);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
