using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace ResizeImage.Tests;

/// <summary>The function's requests to S3, byte for byte.</summary>
public class WireTests
{
    [Fact]
    public async Task The_thumbnail_is_one_plain_put_with_its_checksum_in_a_header()
    {
        ScriptedRequest put = (await ExchangeAsync("input/a.jpg")).Single(request => request.Method == "PUT");

        Assert.Equal("/photos/output/a.jpg", put.Target);
        Assert.Equal("image/jpeg", put["Content-Type"]);
        Assert.Equal("0123456789abcdef0123456789abcdef-1", put["x-amz-meta-source-etag"]);
        Assert.Equal([0xFF, 0xD8, 0xFF], put.Body[..3]);
        Assert.Equal([0xFF, 0xD9], put.Body[^2..]);
        byte[] checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(put.Body));
        Assert.Equal(Convert.ToBase64String(checksum), put["x-amz-checksum-crc32"]);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(put.Body)), put["x-amz-content-sha256"], ignoreCase: true);
        Assert.Null(put["Content-Encoding"]);
        Assert.Null(put["Transfer-Encoding"]);
        Assert.Null(put["x-amz-trailer"]);
        Assert.Null(put["Expect"]);
    }

    [Fact]
    public async Task A_thumbnail_needs_one_GET_one_PUT_and_one_HEAD_on_one_connection()
    {
        await using ScriptedServer server = new(Photos);
        using FunctionRun run = new($"http://{server.Address}");
        await run.InvokeAsync(FunctionRun.Put("photos", "input/a.jpg"));

        Assert.Equal(["GET /photos/input/a.jpg", "PUT /photos/output/a.jpg", "HEAD /photos/input/a.jpg"], server.Requests.Select(request => $"{request.Method} {request.Target.Split('?')[0]}"));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task The_photo_is_requested_without_a_checksum()
    {
        ScriptedRequest get = (await ExchangeAsync("input/a.jpg")).Single(request => request.Method == "GET");
        Assert.Null(get["x-amz-checksum-mode"]);
    }

    [Theory]
    [InlineData("input/a+b%C3%A9.jpg", "a%20b%C3%A9.jpg")]
    [InlineData("input/a%2Bb.jpg", "a%2Bb.jpg")]
    [InlineData("input/100%25.jpg", "100%25.jpg")]
    [InlineData("input/a%2Fb%3Fc%23d%26e%3Df.jpg", "a/b%3Fc%23d%26e%3Df.jpg")]
    [InlineData("input/%F0%9F%98%80.jpg", "%F0%9F%98%80.jpg")]
    [InlineData("input//a.jpg", "/a.jpg")]
    [InlineData("input/../a.jpg", "../a.jpg")]
    [InlineData("input/./a.jpg", "./a.jpg")]
    public async Task The_key_is_decoded_once_and_encoded_once(string inEvent, string onTheWire)
    {
        IReadOnlyList<ScriptedRequest> requests = await ExchangeAsync(inEvent);
        Assert.Equal(
            [$"/photos/input/{onTheWire}", $"/photos/output/{onTheWire}", $"/photos/input/{onTheWire}"],
            requests.Select(request => request.Target.Split('?')[0]));
    }

    private static async Task<IReadOnlyList<ScriptedRequest>> ExchangeAsync(string encodedKey)
    {
        await using ScriptedServer server = new(Photos);
        using FunctionRun run = new($"http://{server.Address}");
        await run.InvokeAsync(FunctionRun.Put("photos", encodedKey));
        return server.Requests;
    }

    private static ScriptedAnswer Photos(ScriptedRequest request) =>
        request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored;
}
