using System.Diagnostics;
using System.Net;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Lambda;

/// <summary>Which clients may get events from the Runtime API, and which may invoke the function.</summary>
public sealed class RuntimeApiAccessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RuntimeApi _api = null!;

    public async Task InitializeAsync() => _api = await RuntimeApi.StartAsync(new RuntimeApiOptions { RetryDelays = [] });

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    [PythonTheory]
    [InlineData("GET /2018-06-01/runtime/invocation/next")]
    [InlineData("GET /ResizeImage/2018-06-01/runtime/invocation/next")]
    [InlineData("GET /0123456789abcdef0123456789abcdef/2018-06-01/runtime/invocation/next")]
    [InlineData("POST /2018-06-01/runtime/invocation/1/response")]
    [InlineData("POST /2018-06-01/runtime/init/error")]
    public async Task Only_the_function_that_is_started_here_gets_its_events(string request)
    {
        await using FunctionProcess function = FunctionProcess.Start(new FunctionProcessOptions { Path = PythonFunction.Write(_folder) }, _api);
        await Eventually.TrueAsync(() => _api.Queue.IsAwaited, "the function does not start");
        RawResponse refused = await SendAsync(request);
        Assert.Equal(403, refused.Status);
        Assert.Contains("without --function", refused.Text, StringComparison.Ordinal);
        Assert.Equal("\"it\"", (await _api.InvokeAsync("""{"do":"it"}"""u8.ToArray())).PayloadText);
        Assert.Equal(1, function.Starts);
    }

    [PythonTheory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("same-origin")]
    public async Task Pages_neither_get_events_nor_invoke(string site)
    {
        foreach (string request in new[] { "GET /2018-06-01/runtime/invocation/next", "POST /2015-03-31/functions/ResizeImage/invocations", "GET /anything" })
        {
            RawResponse refused = await SendAsync(request, "Sec-Fetch-Site: " + site);
            Assert.Equal(403, refused.Status);
            Assert.Contains("Pages in a browser", refused.Text, StringComparison.Ordinal);
        }

        // Without the header it would have waited for an event.
        Assert.False(_api.Queue.IsAwaited);
    }

    [PythonFact]
    public async Task A_client_outside_a_page_may_invoke()
    {
        await using FunctionProcess function = FunctionProcess.Start(new FunctionProcessOptions { Path = PythonFunction.Write(_folder) }, _api);
        RawResponse answer = await SendAsync("POST /2015-03-31/functions/ResizeImage/invocations", "Sec-Fetch-Site: none");
        Assert.Equal(200, answer.Status);
    }

    /// <remarks>"The function's executable alone" in README.md.</remarks>
    [PythonTheory]
    [InlineData("")]
    [InlineData("/ResizeImage")]
    public async Task Without_a_started_function_any_executable_connects(string path)
    {
        await using LocalProgram program = await LocalProgram.ServeS3Async(_folder);
        ProcessStartInfo start = new(PythonFunction.Write(_folder)) { RedirectStandardOutput = true };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = program.LambdaEndpoint.Authority.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + path;
        start.Environment["AWS_ENDPOINT_URL_S3"] = program.Endpoint.ToString().TrimEnd('/');
        using Process function = Process.Start(start)!;
        try
        {
            using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
            using StringContent json = new("""{"do":"it"}""");
            using HttpResponseMessage answer = await http.PostAsync(new Uri(program.LambdaEndpoint, "/2015-03-31/functions/ResizeImage/invocations"), json);
            Assert.Equal((HttpStatusCode.OK, "\"it\""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
        finally
        {
            function.Kill();
        }
    }

    private Task<RawResponse> SendAsync(string request, params string[] headers) => RawHttp.SendAsync(
        new Uri("http://" + _api.Endpoint), request, request.StartsWith("POST", StringComparison.Ordinal) ? """{"do":"it"}"""u8.ToArray() : null, headers);
}
