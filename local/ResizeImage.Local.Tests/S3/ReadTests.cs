using System.Globalization;
using System.Text;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Ranges, conditions and headers of GET and HEAD.</summary>
public sealed class ReadTests : S3Fixture
{
    private const string Content = "0123456789";
    private const string ETag = "\"781e5e245d69b566979b86e28d23f2c7\""; // md5sum of the content

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        RawResponse put = await RawHttp.SendAsync(
            Server.Endpoint, "PUT /photos/x.txt", Encoding.ASCII.GetBytes(Content), "Content-Type: text/plain", "x-amz-meta-Author: Zo\u00eb");
        Assert.Equal(ETag, put.Headers["ETag"]);
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/empty", []);
    }

    [Theory]
    [InlineData("bytes=0-3", "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-4", "4", "bytes 4-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=7-99", "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10")]
    [InlineData("bytes=-99", Content, "bytes 0-9/10")]
    public async Task A_range(string range, string content, string contentRange)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.txt", null, "Range: " + range);
        Assert.Equal(206, answer.Status);
        Assert.Equal(content, answer.Text);
        Assert.Equal(contentRange, answer.Headers["Content-Range"]);
        Assert.Equal(content.Length, int.Parse(answer.Headers["Content-Length"], CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("lines=1-2")]
    public async Task A_header_that_is_not_one_range_returns_the_whole_object(string range)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.txt", null, "Range: " + range);
        Assert.Equal(200, answer.Status);
        Assert.Equal(Content, answer.Text);
    }

    [Theory]
    [InlineData("/photos/x.txt", "bytes=10-", 10)]
    [InlineData("/photos/x.txt", "bytes=10-20", 10)]
    [InlineData("/photos/x.txt", "bytes=-0", 10)]
    [InlineData("/photos/empty", "bytes=0-0", 0)]
    [InlineData("/photos/empty", "bytes=-5", 0)]
    public async Task A_range_outside(string path, string range, int size)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "GET " + path, null, "Range: " + range);
        Assert.Equal(416, answer.Status);
        Assert.Contains("<Code>InvalidRange</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"<ActualObjectSize>{size}</ActualObjectSize>", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("If-Match: " + ETag, 200)]
    [InlineData("If-Match: *", 200)]
    [InlineData("If-Match: \"other\"", 412)]
    [InlineData("If-Match: \"other\", " + ETag, 200)]
    [InlineData("If-None-Match: " + ETag, 304)]
    [InlineData("If-None-Match: \"other\"", 200)]
    [InlineData("If-Modified-Since: Thu, 01 Jan 2060 00:00:00 GMT", 304)]
    [InlineData("If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT", 200)]
    [InlineData("If-Unmodified-Since: Thu, 01 Jan 2015 00:00:00 GMT", 412)]
    [InlineData("If-Unmodified-Since: Thu, 01 Jan 2060 00:00:00 GMT", 200)]
    public async Task A_condition(string header, int status)
    {
        foreach (string method in new[] { "GET", "HEAD" })
        {
            RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, method + " /photos/x.txt", null, header);
            Assert.Equal(status, answer.Status);
            Assert.Equal(status == 200 && method == "GET", answer.Text == Content);
        }
    }

    /// <remarks>"Example" of conditional requests in the S3 User Guide: the ETag's condition that holds overrides the date's.</remarks>
    [Theory]
    [InlineData("If-Match: " + ETag, "If-Unmodified-Since: Thu, 01 Jan 2015 00:00:00 GMT", 200)]
    [InlineData("If-None-Match: " + ETag, "If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT", 304)]
    public async Task Two_conditions(string first, string second, int status) =>
        Assert.Equal(status, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.txt", null, first, second)).Status);

    [Fact]
    public async Task Headers_come_back()
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/x.txt");
        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Body);
        Assert.Equal("10", answer.Headers["Content-Length"]);
        Assert.Equal("text/plain", answer.Headers["Content-Type"]);
        Assert.Equal("=?UTF-8?B?Wm/Dqw==?=", answer.Headers["x-amz-meta-author"]);
        Assert.Equal(ETag, answer.Headers["ETag"]);
        Assert.Equal("bytes", answer.Headers["Accept-Ranges"]);
        Assert.True(DateTime.TryParseExact(answer.Headers["Last-Modified"], "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.Equal("binary/octet-stream", (await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/empty")).Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_request_may_override_headers()
    {
        RawResponse answer = await RawHttp.SendAsync(
            Server.Endpoint, "GET /photos/x.txt?response-content-type=image%2Fpng&response-content-disposition=attachment&x-id=GetObject");
        Assert.Equal(200, answer.Status);
        Assert.Equal("image/png", answer.Headers["Content-Type"]);
        Assert.Equal("attachment", answer.Headers["Content-Disposition"]);
    }

    [Fact]
    public async Task A_put_can_require_no_object_or_a_certain_ETag()
    {
        Assert.Equal(412, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt", "new"u8.ToArray(), "If-None-Match: *")).Status);
        Assert.Equal(412, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt", "new"u8.ToArray(), "If-Match: \"other\"")).Status);
        Assert.Equal(Content, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.txt")).Text);
        Assert.Equal(200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt", "new"u8.ToArray(), "If-Match: " + ETag)).Status);
        Assert.Equal("new", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.txt")).Text);
        Assert.Equal(200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/fresh.txt", "new"u8.ToArray(), "If-None-Match: *")).Status);
    }
}
