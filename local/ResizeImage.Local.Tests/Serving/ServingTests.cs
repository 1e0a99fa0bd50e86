using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Serving;

/// <summary>Thumbnails over HTTP: the function's URL, and the front that asks S3 first, with the real function.</summary>
public sealed partial class ServingTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private LocalProgram _program = null!;
    private string _front = null!;
    private string _url = null!;

    public async Task InitializeAsync()
    {
        ProcessStartInfo start = LocalProgram.StartInfo(FunctionFile.Path, _folder["tmp"], ["--port", "0", "--lambda-port", "0", "--data", _folder["data"]]);
        start.Environment["THUMBNAIL_SIZE"] = "200x200,400x?,400x.webp?";
        _program = await LocalProgram.ServeAsync(start);
        _front = Url().Match(await _program.LineAsync("Pages get thumbnails at")).Value;
        _url = Url().Match(await _program.LineAsync("The function alone answers")).Value;
    }

    public async Task DisposeAsync() => await _program.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_stored_comes_from_S3_and_what_is_not_from_the_function()
    {
        await PutAsync("a.jpg");
        Assert.Equal(("200", "S3", "image/jpeg"), await OriginOfAsync("/200x200/a.jpg"));
        Assert.Equal(("200", "function", "image/jpeg"), await OriginOfAsync("/400x/a.jpg"));
        Assert.Equal(("200", "S3", "image/jpeg"), await OriginOfAsync("/400x/a.jpg"));
        Assert.Equal(("200", "function", "image/webp"), await OriginOfAsync("/400x/a.jpg", "image/webp,*/*"));
        Assert.Equal(("404", "function", "text/plain"), await OriginOfAsync("/800x/a.jpg"));
        Assert.Equal(("404", "function", "text/plain"), await OriginOfAsync("/200x200/b.jpg"));
        Assert.Equal(("404", "function", "text/plain"), await OriginOfAsync("/.reconciliation/photos"));

        // A replaced photo replaces what requests made.
        await PutAsync("a.jpg", padding: 1);
        Assert.Equal(("200", "function", "image/jpeg"), await OriginOfAsync("/400x/a.jpg"));
        await _http.DeleteAsync(new Uri(_program.Endpoint, "/photos/input/a.jpg"));
        await _program.LineAsync("s3://photos/input/a.jpg", "deleted");
        Assert.Equal(("404", "function", "text/plain"), await OriginOfAsync("/400x/a.jpg"));
    }

    [ToolTheory("curl")]
    [InlineData("a b.jpg", "a%20b.jpg")]
    [InlineData("a+b.jpg", "a+b.jpg")]
    [InlineData("100%25.jpg", "100%2525.jpg")]
    [InlineData("été/写真.jpg", "%C3%A9t%C3%A9/%E5%86%99%E7%9C%9F.jpg")]
    [InlineData("a//b.jpg", "a//b.jpg")]
    public async Task Curl_gets_a_thumbnail_of_any_name(string key, string path)
    {
        await PutAsync(key);
        foreach (string origin in (string[])[_url, _front])
        {
            string file = _folder["thumbnail"];
            string got = Curl("-o", file, "-w", "%{http_code} %{content_type}", $"{origin}400x/{path}");
            Assert.Equal("200 image/jpeg", got);
            Assert.Equal(0xFF, File.ReadAllBytes(file)[0]);
            string head = Curl("--head", $"{origin}400x/{path}").ToLowerInvariant();
            Assert.Contains("200 ok", head, StringComparison.Ordinal);
            Assert.Contains($"content-length: {new FileInfo(file).Length}", head, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_browser_that_has_the_thumbnail_gets_304()
    {
        await PutAsync("a.jpg");
        foreach (string origin in (string[])[_url, _front])
        {
            using HttpResponseMessage first = await _http.GetAsync(new Uri($"{origin}400x/a.jpg"));
            using HttpRequestMessage again = new(HttpMethod.Get, $"{origin}400x/a.jpg");
            again.Headers.IfNoneMatch.Add((await _http.GetAsync(new Uri($"{origin}400x/a.jpg"))).Headers.ETag!);
            using HttpResponseMessage second = await _http.SendAsync(again);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
            Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Only_GET_and_HEAD_are_answered()
    {
        using ByteArrayContent content = new([1, 2, 3]);
        using HttpResponseMessage url = await _http.PostAsync(new Uri($"{_url}400x/a.jpg"), content);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (url.StatusCode, string.Join(", ", url.Content.Headers.Allow)));
        using HttpResponseMessage front = await _http.PostAsync(new Uri($"{_front}400x/a.jpg"), content);
        Assert.Equal(HttpStatusCode.Forbidden, front.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_an_image_is_415_with_the_reason()
    {
        using StringContent text = new("hello");
        await _http.PutAsync(new Uri(_program.Endpoint, "/photos/input/a.jpg"), text);
        using HttpResponseMessage answer = await _http.GetAsync(new Uri($"{_front}400x/a.jpg"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("is text", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>autocannon, over photos whose thumbnails are not there yet: no error, and each is made once.</summary>
    [AutocannonFact]
    public async Task Many_requests_at_once_fail_in_no_case()
    {
        const int Photos = 10;
        for (int i = 0; i < Photos; i++)
        {
            await PutAsync($"{i}.jpg", padding: i);
        }

        string script = $$"""
            const autocannon = require({{JsonSerializer.Serialize(AutocannonFactAttribute.Package)}});
            const requests = Array.from({ length: {{Photos}} }, (_, i) => ({ path: `/400x/${i}.jpg` }));
            autocannon({ url: "{{_front}}", connections: 8, amount: 400, requests }).then(({ errors, non2xx, ["2xx"]: ok }) => console.log(`${ok} ${non2xx} ${errors}`));
            """;
        Assert.Equal("400 0 0", Encoding.UTF8.GetString(ExternalProgram.Run("node", ["-e", script])).Trim());
        Assert.Equal(Photos, _program.Lines.Count(line => line.Contains("GET /400x/", StringComparison.Ordinal) && line.Contains(" 200: made ", StringComparison.Ordinal)));
    }

    private static string Curl(params string[] arguments) =>
        Encoding.UTF8.GetString(ExternalProgram.Run("curl", ["--silent", "--show-error", "--noproxy", "*", "--path-as-is", .. arguments]));

    private async Task<(string Status, string Origin, string Type)> OriginOfAsync(string path, string accept = "*/*")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, _front.TrimEnd('/') + path);
        request.Headers.Accept.ParseAdd(accept);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        MediaTypeHeaderValue? type = answer.Content.Headers.ContentType;
        return ($"{(int)answer.StatusCode}", answer.Headers.GetValues("X-Origin").Single(), type?.MediaType ?? "");
    }

    /// <summary>Puts a photo and waits until its thumbnail is made.</summary>
    private async Task PutAsync(string key, int padding = 0)
    {
        int before = Made(key);
        using ByteArrayContent content = new([.. Pictures.Jpeg48x32, .. new byte[padding]]);
        string path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        using HttpResponseMessage put = await _http.PutAsync(
            new Uri($"{_program.Endpoint.ToString().TrimEnd('/')}/photos/input/{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), content);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        for (int i = 0; i < 300 && Made(key) == before; i++)
        {
            await Task.Delay(100);
        }

        Assert.True(Made(key) > before, string.Join('\n', _program.Lines));
    }

    private int Made(string key) => _program.Lines.Count(line => line.Contains($"s3://photos/input/{key} ", StringComparison.Ordinal) && line.Contains("->", StringComparison.Ordinal));

    [GeneratedRegex("http://127.0.0.1:[0-9]+/")]
    private static partial Regex Url();
}

/// <summary>A test that needs the load generator autocannon, which .ci/run installs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AutocannonFactAttribute : FactAttribute
{
    public static readonly string Package = Repository.Path("artifacts", "tools", "node_modules", "autocannon");

    public AutocannonFactAttribute() => Skip = new ToolFactAttribute("node", Path.Join(Package, "package.json")).Skip;
}
