using System.Net;
using System.Text;
using System.Text.Json;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Lambda;

/// <summary>Lambda's operation Invoke, over plain HTTP and by the AWS CLI, with a function written in Python.</summary>
public sealed class InvokeTests : IAsyncLifetime
{
    private const string Name = "ResizeImage";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private RuntimeApi _api = null!;
    private FunctionProcess _function = null!;

    public async Task InitializeAsync()
    {
        _api = await RuntimeApi.StartAsync(new RuntimeApiOptions { RetryDelays = [] });
        _function = FunctionProcess.Start(new FunctionProcessOptions { Path = PythonFunction.Write(_folder) }, _api);
        _http.BaseAddress = new Uri("http://" + _api.Endpoint);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _function.DisposeAsync();
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    [PythonTheory]
    [InlineData("ResizeImage")]
    [InlineData("ResizeImage:$LATEST")]
    [InlineData("000000000000:function:ResizeImage")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:ResizeImage")]
    public async Task A_request_is_answered(string function)
    {
        using HttpResponseMessage answer = await InvokeAsync(function, """{"do":"it"}""");
        Assert.Equal((HttpStatusCode.OK, "\"it\""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("$LATEST", Header(answer, "X-Amz-Executed-Version"));
        Assert.True(Guid.TryParse(Header(answer, "x-amzn-RequestId"), out _));
        Assert.False(answer.Headers.Contains("X-Amz-Function-Error"));
        Assert.False(answer.Headers.Contains("X-Amz-Log-Result"));
    }

    [PythonFact]
    public async Task A_failure_of_the_function_is_reported_in_a_header()
    {
        using HttpResponseMessage answer = await InvokeAsync(Name, """{"do":"exit","code":7}""");
        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (answer.StatusCode, Header(answer, "X-Amz-Function-Error")));
        Assert.Contains("exit status 7", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>The function gets {}, and fails because nothing says what to do.</summary>
    [PythonFact]
    public async Task A_request_without_a_payload_is_an_event_without_properties()
    {
        using HttpResponseMessage answer = await InvokeAsync(Name, "");
        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (answer.StatusCode, Header(answer, "X-Amz-Function-Error")));
        Assert.Contains("exit status 1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task The_end_of_the_log_comes_with_the_answer()
    {
        using HttpResponseMessage answer = await InvokeAsync(Name, """{"do":"say","text":"hello ü"}""", "X-Amz-Log-Type: Tail");
        string id = Header(answer, "x-amzn-RequestId");
        string log = Encoding.UTF8.GetString(Convert.FromBase64String(Header(answer, "X-Amz-Log-Result")));
        Assert.Matches(
            $"^START RequestId: {id} Version: \\$LATEST\nhello ü\nEND RequestId: {id}\n"
            + $"REPORT RequestId: {id}\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+ ms\tMemory Size: 512 MB\t(Max Memory Used: [0-9]+ MB\t)?Init Duration: [0-9.]+ ms\n$",
            log);

        using HttpResponseMessage much = await InvokeAsync(Name, JsonSerializer.Serialize(new { @do = "say", text = string.Join('\n', Enumerable.Range(0, 2000)) }), "X-Amz-Log-Type: Tail");
        byte[] tail = Convert.FromBase64String(Header(much, "X-Amz-Log-Result"));
        Assert.Equal(4096, tail.Length);
        Assert.Contains("\n1999\nEND", Encoding.UTF8.GetString(tail), StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task An_event_is_accepted_and_processed()
    {
        string file = _folder["worked on"];
        using HttpResponseMessage accepted = await InvokeAsync(Name, $$"""{"do":"exit once","file":"{{file}}"}""", "X-Amz-Invocation-Type: Event");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.TrueAsync(() => File.Exists(file), "the event was not worked on");
    }

    [PythonFact]
    public async Task A_dry_run_does_nothing()
    {
        using HttpResponseMessage dry = await InvokeAsync(Name, """{"do":"exit","code":7}""", "X-Amz-Invocation-Type: DryRun");
        Assert.Equal(HttpStatusCode.NoContent, dry.StatusCode);
        using HttpResponseMessage after = await InvokeAsync(Name, """{"do":"it"}""");
        Assert.Equal(1, _function.Starts);
    }

    [Fact]
    public async Task Refusals()
    {
        await AssertErrorAsync(await InvokeAsync("other", "{}"), HttpStatusCode.NotFound, "ResourceNotFoundException");
        await AssertErrorAsync(await InvokeAsync(Name + ":prod", "{}"), HttpStatusCode.NotFound, "ResourceNotFoundException");
        await AssertErrorAsync(await InvokeAsync(Name, "{"), HttpStatusCode.BadRequest, "InvalidRequestContentException");
        await AssertErrorAsync(await InvokeAsync(Name, "{}", "X-Amz-Invocation-Type: Sometimes"), HttpStatusCode.BadRequest, "InvalidParameterValueException");
        await AssertErrorAsync(await InvokeAsync(Name, new string(' ', LambdaHttp.MaxPayloadBytes) + "{}"), HttpStatusCode.RequestEntityTooLarge, "RequestTooLargeException");
        await AssertErrorAsync(await _http.GetAsync(new Uri("/2015-03-31/functions/", UriKind.Relative)), HttpStatusCode.NotImplemented, "NotImplemented");
    }

    [Fact]
    public async Task A_page_in_a_browser_invokes_nothing()
    {
        using HttpResponseMessage answer = await InvokeAsync(Name, """{"do":"exit","code":7}""", "Origin: https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        RawResponse rebound = await RawHttp.SendAsync(_http.BaseAddress!, "POST /2015-03-31/functions/ResizeImage/invocations", "{}"u8.ToArray(), "Host: evil.example");
        Assert.Equal(421, rebound.Status);
    }

    [ToolFact("aws")]
    public void The_AWS_CLI_invokes()
    {
        // As a file of bytes: of a text, version 2 expects base64 and version 1 does not.
        File.WriteAllText(_folder["event.json"], """{"do":"say","text":"hello"}""");
        string said = AwsCli.Run(
            _http.BaseAddress!, "lambda", "invoke", "--function-name", Name, "--payload", "fileb://" + _folder["event.json"],
            "--log-type", "Tail", "--query", "[StatusCode, ExecutedVersion, LogResult]", "--output", "text", _folder["answer"]);
        string[] fields = said.Trim().Split('\t');
        Assert.Equal(["200", "$LATEST"], fields[..2]);
        Assert.Contains("\nhello\n", Encoding.UTF8.GetString(Convert.FromBase64String(fields[2])), StringComparison.Ordinal);
        Assert.Equal("\"say\"", File.ReadAllText(_folder["answer"]));

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => AwsCli.Run(_http.BaseAddress!, "lambda", "invoke", "--function-name", "other", _folder["answer"]));
        Assert.Contains("ResourceNotFoundException", e.Message, StringComparison.Ordinal);
        Assert.Contains("The function here is ResizeImage", e.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> InvokeAsync(string function, string payload, string? header = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"/2015-03-31/functions/{function}/invocations", UriKind.Relative));
        request.Content = new StringContent(payload);
        if (header is not null)
        {
            string[] pair = header.Split(": ");
            request.Headers.Add(pair[0], pair[1]);
        }

        return await _http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string errorType)
    {
        using (response)
        {
            Assert.Equal((status, errorType), (response.StatusCode, Header(response, "x-amzn-ErrorType")));
            using JsonDocument error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.NotEmpty(error.RootElement.GetProperty("Message").GetString()!);
        }
    }
}
