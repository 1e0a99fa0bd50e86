using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ResizeImage.Local.Web;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Tests.Support;

/// <summary>The page's server on its own cloud, with the function written in Python.</summary>
public abstract class PageFixture : IAsyncLifetime
{
    private static readonly PhotoPlace Place = new("photos", "input/", "output/");

    private LocalCloud _cloud = null!;
    private PageServer _page = null!;

    /// <summary>The function's environment variables.</summary>
    protected virtual Dictionary<string, string> Environment => [];

    private protected TemporaryFolder Folder { get; } = new();

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    protected Uri Url => _page.Url;

    protected Uri S3 => _cloud.S3.Endpoint;

    public async Task InitializeAsync()
    {
        Journal journal = new(Place.Bucket, Place.InputPrefix, new ThumbnailPlaces(Environment, Place.OutputPrefix).Of);
        string function = PythonFunction.Write(Folder);
        _page = await PageServer.ListenAsync(0, journal);
        _cloud = await LocalCloud.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = Folder["data"],
                Port = 0,
                Bucket = Place.Bucket,
                InputPrefix = Place.InputPrefix,
                AllowedOrigins = _page.Origins,
                FunctionPath = function,
                FunctionEnvironment = Environment,
                FunctionOutput = journal.NoteLog,
            },
            (_, _) => { });
        await PrepareAsync();
        await _page.ServeAsync(_cloud, Place);
        Http.BaseAddress = Url;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _page.DisposeAsync();
        await _cloud.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>Prepares the cloud before the page starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Uploads as the page does: requests a presigned URL from its server, and sends the bytes to S3.</summary>
    protected async Task<string> UploadAsync(string name, string content, string type = "image/jpeg")
    {
        JsonNode upload = await SendAsync(HttpMethod.Post, "api/uploads", new JsonObject { ["name"] = name, ["type"] = type });
        using StringContent body = new(content, Encoding.UTF8);
        body.Headers.ContentType = new(upload["contentType"]!.GetValue<string>());
        using HttpResponseMessage response = await Http.PutAsync(new Uri(upload["url"]!.GetValue<string>()), body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return upload["key"]!.GetValue<string>();
    }

    /// <summary>Sends the page's server JSON.</summary>
    /// <returns>Its answer.</returns>
    protected async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, HttpStatusCode? expected = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(expected is null ? response.IsSuccessStatusCode : response.StatusCode == expected, $"{response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Follows the page's events.</summary>
    protected async Task<PageFollower> FollowAsync() =>
        new(await Http.GetStreamAsync(new Uri("api/changes", UriKind.Relative)));

    /// <summary>Sends an event by hand and waits for its result.</summary>
    /// <returns>The details of its invocation.</returns>
    protected async Task<JsonNode> InvokeAsync(JsonNode happened)
    {
        using PageFollower page = await FollowAsync();
        string id = (await SendAsync(HttpMethod.Post, "api/invocations", happened))["id"]!.GetValue<string>();
        await page.UntilAsync(state => state.Invocations.GetValueOrDefault(id)?["status"]!.GetValue<string>() is "succeeded" or "failed");
        return await SendAsync(HttpMethod.Get, "api/invocation?id=" + id, null);
    }
}
