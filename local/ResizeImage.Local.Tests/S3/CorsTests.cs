using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>A browser's requests on behalf of a page: "Cross-origin resource sharing" in the Fetch standard.</summary>
public sealed class CorsTests : S3Fixture
{
    private const string Page = "Origin: http://127.0.0.1:8080";
    private const string Stranger = "Origin: https://evil.example";

    protected override string[] AllowedOrigins => ["http://127.0.0.1:8080", "http://*.example.test:3000"];

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://shop.example.test:3000", true)]
    [InlineData("http://127.0.0.1:8081", false)]
    [InlineData("https://127.0.0.1:8080", false)]
    [InlineData("http://127.0.0.1:8080.evil.example", false)]
    [InlineData("http://shop.example.test:3000.evil.example", false)]
    [InlineData("null", false)]
    public async Task Preflight(string origin, bool allowed)
    {
        RawResponse answer = await RawHttp.SendAsync(
            Server.Endpoint, "OPTIONS /photos/input/x.jpg", null, "Origin: " + origin, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type,x-amz-meta-a");
        if (allowed)
        {
            Assert.Equal(200, answer.Status);
            Assert.Equal(origin, answer.Headers["Access-Control-Allow-Origin"]);
            Assert.Contains("PUT", answer.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
            Assert.Equal("content-type,x-amz-meta-a", answer.Headers["Access-Control-Allow-Headers"]);
            Assert.Contains("Origin", answer.Headers["Vary"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(403, answer.Status);
            Assert.Contains("<Code>AccessForbidden</Code>", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
        }
    }

    [Fact]
    public async Task An_invalid_preflight_is_refused()
    {
        Assert.Contains("<Code>BadRequest</Code>", (await RawHttp.SendAsync(Server.Endpoint, "OPTIONS /photos/x")).Text, StringComparison.Ordinal);
        Assert.Equal(403, (await RawHttp.SendAsync(Server.Endpoint, "OPTIONS /photos/x", null, Page, "Access-Control-Request-Method: PATCH")).Status);
    }

    [Fact]
    public async Task An_allowed_page_uploads_and_reads_also_errors()
    {
        RawResponse put = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", "x"u8.ToArray(), Page);
        Assert.Equal((200, "http://127.0.0.1:8080"), (put.Status, put.Headers["Access-Control-Allow-Origin"]));
        Assert.Contains("ETag", put.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        RawResponse missing = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/y.jpg", null, Page);
        Assert.Equal((404, "http://127.0.0.1:8080"), (missing.Status, missing.Headers["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task Any_other_page_changes_nothing_and_reads_nothing()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", "x"u8.ToArray());

        // A browser sends these without asking first.
        RawResponse delete = await RawHttp.SendAsync(
            Server.Endpoint, "POST /photos?delete", "<Delete><Object><Key>x.jpg</Key></Object></Delete>"u8.ToArray(), Stranger, "Content-Type: text/plain");
        Assert.Equal(403, delete.Status);
        RawResponse get = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.jpg", null, Stranger);
        Assert.Equal((200, "x"), (get.Status, get.Text));
        Assert.DoesNotContain("Access-Control-Allow-Origin", get.Headers.Keys);
    }
}
