using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Lambda;

/// <summary>The protocol of the Runtime API, request by request.</summary>
public sealed class RuntimeApiTests : IAsyncLifetime
{
    /// <summary>No test waits for it on a busy machine, but the one that is about it, which has a shorter one.</summary>
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private RuntimeApi _api = null!;

    public Task InitializeAsync() => StartAsync(FunctionTimeout);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Next_then_response()
    {
        Task<InvocationResult> invoked = _api.InvokeAsync("{\"a\":1}"u8.ToArray());
        using HttpResponseMessage next = await _http.GetAsync(new Uri("/2018-06-01/runtime/invocation/next", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal("{\"a\":1}", await next.Content.ReadAsStringAsync());
        Assert.Equal("application/json", next.Content.Headers.ContentType!.MediaType);
        string id = Header(next, "Lambda-Runtime-Aws-Request-Id");
        Assert.True(Guid.TryParse(id, out _));
        DateTimeOffset deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Header(next, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture));
        Assert.InRange(deadline - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1), FunctionTimeout);
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:ResizeImage", Header(next, "Lambda-Runtime-Invoked-Function-Arn"));
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$", Header(next, "Lambda-Runtime-Trace-Id"));

        using HttpResponseMessage answer = await PostAsync($"invocation/{id}/response", "\"done\"");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        InvocationResult result = await invoked;
        Assert.Equal((id, null, "\"done\"", 1), (result.RequestId, result.FunctionError, result.PayloadText, result.Attempts));

        using HttpResponseMessage again = await PostAsync($"invocation/{id}/response", "\"twice\"");
        await AssertErrorAsync(again, HttpStatusCode.BadRequest, "InvalidRequestID");
    }

    [Fact]
    public async Task Next_waits_for_an_invocation()
    {
        Task<string> next = NextAsync();
        await FunctionWaitsAsync();
        Assert.False(next.IsCompleted);
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        await PostAsync($"invocation/{await next}/response", "2");
        Assert.Equal("2", (await invoked).PayloadText);
    }

    [Fact]
    public async Task Invocations_are_processed_in_order_one_at_a_time()
    {
        Task<InvocationResult>[] invoked = Enumerable.Range(0, 5).Select(i => _api.InvokeAsync(Encoding.UTF8.GetBytes($"{i}"))).ToArray();
        for (int i = 0; i < 5; i++)
        {
            await PostAsync($"invocation/{await NextAsync()}/response", $"{i * i}");
        }

        Assert.Equal(["0", "1", "4", "9", "16"], (await Task.WhenAll(invoked)).Select(result => result.PayloadText));
    }

    [Fact]
    public async Task An_error_fails_a_request_at_once()
    {
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        const string Error = """{"errorType":"Oops","errorMessage":"broke","stackTrace":[]}""";
        using HttpResponseMessage answer = await PostAsync($"invocation/{await NextAsync()}/error", Error);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        InvocationResult result = await invoked;
        Assert.Equal(("Unhandled", Error, 1), (result.FunctionError, result.PayloadText, result.Attempts));
    }

    [Fact]
    public async Task An_event_that_fails_is_tried_three_times()
    {
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray(), InvocationType.Event);
        string first = await NextAsync();
        await PostAsync($"invocation/{first}/error", """{"errorMessage":"1"}""");
        string second = await NextAsync();
        Assert.Equal(first, second);
        await PostAsync($"invocation/{second}/error", """{"errorMessage":"2"}""");
        Assert.False(invoked.IsCompleted);
        await PostAsync($"invocation/{await NextAsync()}/error", """{"errorMessage":"3"}""");
        InvocationResult result = await invoked;
        Assert.Equal(("Unhandled", """{"errorMessage":"3"}""", 3), (result.FunctionError, result.PayloadText, result.Attempts));
    }

    [Fact]
    public async Task An_unanswered_event_is_delivered_again()
    {
        Task<InvocationResult> invoked = _api.InvokeAsync("7"u8.ToArray(), InvocationType.Event);
        string first = await NextAsync();

        // Now, and not only when the first attempt runs out of time.
        string second = await NextAsync().WaitAsync(FunctionTimeout / 2);
        Assert.Equal(first, second);
        await PostAsync($"invocation/{second}/response", "8");
        Assert.Equal(("8", 2), ((await invoked).PayloadText, (await invoked).Attempts));
    }

    [Fact]
    public async Task A_function_that_hung_up_while_waiting_misses_nothing()
    {
        using CancellationTokenSource hangUp = new();
        Task<HttpResponseMessage> gone = _http.GetAsync(new Uri("/2018-06-01/runtime/invocation/next", UriKind.Relative), hangUp.Token);
        await FunctionWaitsAsync();
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Eventually.TrueAsync(() => !_api.Queue.IsAwaited, "the function that hung up is still waited for");
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        await PostAsync($"invocation/{await NextAsync()}/response", "2");
        Assert.Equal(("2", 1), ((await invoked).PayloadText, (await invoked).Attempts));
    }

    [Fact]
    public async Task A_second_function_replaces_one_that_still_waits()
    {
        Task<HttpResponseMessage> stale = _http.GetAsync(new Uri("/2018-06-01/runtime/invocation/next", UriKind.Relative));
        await FunctionWaitsAsync();
        Task<string> next = NextAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stale);
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        await PostAsync($"invocation/{await next}/response", "2");
        Assert.Equal("2", (await invoked).PayloadText);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_fails()
    {
        TimeSpan limit = TimeSpan.FromSeconds(1);
        await _api.DisposeAsync();
        await StartAsync(limit);
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        string id = await NextAsync();
        InvocationResult result = await invoked;
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Contains("Task timed out after 1.00 seconds", result.PayloadText, StringComparison.Ordinal);
        Assert.InRange(result.Duration, limit - TimeSpan.FromMilliseconds(50), FunctionTimeout);
        using HttpResponseMessage late = await PostAsync($"invocation/{id}/response", "2");
        await AssertErrorAsync(late, HttpStatusCode.BadRequest, "InvalidRequestID");
    }

    [Fact]
    public async Task An_init_error_fails_waiting_invocations_until_a_function_is_ready()
    {
        Task<InvocationResult> waiting = _api.InvokeAsync("1"u8.ToArray(), InvocationType.Event);
        const string Error = """{"errorType":"Settings","errorMessage":"bad size"}""";
        using HttpResponseMessage answer = await PostAsync("init/error", Error);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(Error, _api.InitError);
        Assert.Equal(Error, (await waiting).PayloadText);
        Assert.Equal(Error, (await _api.InvokeAsync("2"u8.ToArray())).PayloadText);

        Task<string> next = NextAsync();
        await FunctionWaitsAsync();
        Task<InvocationResult> invoked = _api.InvokeAsync("3"u8.ToArray());
        await PostAsync($"invocation/{await next}/response", "4");
        Assert.Equal("4", (await invoked).PayloadText);
    }

    [Fact]
    public async Task Unknown_ids_and_paths()
    {
        using HttpResponseMessage unknown = await PostAsync("invocation/11111111-2222-3333-4444-555555555555/response", "1");
        await AssertErrorAsync(unknown, HttpStatusCode.BadRequest, "InvalidRequestID");
        using HttpResponseMessage error = await PostAsync("invocation/nonsense/error", "{}");
        await AssertErrorAsync(error, HttpStatusCode.BadRequest, "InvalidRequestID");
        using HttpResponseMessage path = await PostAsync("no/such/thing", "1");
        await AssertErrorAsync(path, HttpStatusCode.NotFound, "NotFound");
    }

    [Fact]
    public async Task A_response_over_6_MB_is_refused_and_fails_the_invocation()
    {
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        string id = await NextAsync();
        using ByteArrayContent content = new(new byte[LambdaHttp.MaxPayloadBytes + 1]);
        using HttpResponseMessage answer = await _http.PostAsync(new Uri($"/2018-06-01/runtime/invocation/{id}/response", UriKind.Relative), content);
        await AssertErrorAsync(answer, HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLarge");
        Assert.Contains("Function.ResponseSizeTooLarge", (await invoked).PayloadText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Runtime_API_accepts_the_paths_of_the_Lambda_Test_Tool()
    {
        Task<InvocationResult> invoked = _api.InvokeAsync("1"u8.ToArray());
        using HttpResponseMessage next = await _http.GetAsync(new Uri("/ResizeImage/2018-06-01/runtime/invocation/next", UriKind.Relative));
        string id = Header(next, "Lambda-Runtime-Aws-Request-Id");
        using StringContent content = new("2");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri($"/ResizeImage/2018-06-01/runtime/invocation/{id}/response", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("2", (await invoked).PayloadText);
    }

    [Fact]
    public async Task A_stop_fails_waiting_requests()
    {
        Task<InvocationResult> waiting = _api.InvokeAsync("1"u8.ToArray());
        string poll = await NextAsync();
        Task<InvocationResult> behind = _api.InvokeAsync("2"u8.ToArray(), InvocationType.Event);
        await _api.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting, behind), result => Assert.Contains("Runtime.Stopped", result.PayloadText, StringComparison.Ordinal));
        Assert.NotEmpty(poll);
        _api = await RuntimeApi.StartAsync(new RuntimeApiOptions());
    }

    private Task FunctionWaitsAsync() => Eventually.TrueAsync(() => _api.Queue.IsAwaited, "no function waits for an invocation");

    private async Task<string> NextAsync()
    {
        using HttpResponseMessage next = await _http.GetAsync(new Uri("/2018-06-01/runtime/invocation/next", UriKind.Relative));
        return Header(next, "Lambda-Runtime-Aws-Request-Id");
    }

    private async Task StartAsync(TimeSpan timeout)
    {
        _api = await RuntimeApi.StartAsync(new RuntimeApiOptions { Timeout = timeout, RetryDelays = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50)] });
        _http.BaseAddress = new Uri("http://" + _api.Endpoint);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using StringContent content = new(body);
        return await _http.PostAsync(new Uri("/2018-06-01/runtime/" + path, UriKind.Relative), content);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string errorType)
    {
        Assert.Equal(status, response.StatusCode);
        using JsonDocument error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(errorType, error.RootElement.GetProperty("errorType").GetString());
        Assert.NotEmpty(error.RootElement.GetProperty("errorMessage").GetString()!);
    }
}
