using System.Text;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Bodies in Content-Encoding: aws-chunked: the examples of the documentation, and corrupt ones.</summary>
public sealed class AwsChunkedTests : S3Fixture
{
    private const string Signed = "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string Unsigned = "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <remarks>
    /// The example of "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks":
    /// 66,560 letters a in chunks of 65,536, 1,024 and 0; Content-Length 66,824.
    /// </remarks>
    [Fact]
    public async Task The_example_of_the_documentation()
    {
        string body = "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" + new string('a', 65536) + "\r\n"
            + "400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" + new string('a', 1024) + "\r\n"
            + "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";
        Assert.Equal(66824, body.Length);
        RawResponse put = await PutAsync(body, Signed, "x-amz-decoded-content-length: 66560", "Content-Encoding: aws-chunked,gzip");
        Assert.Equal(200, put.Status);
        RawResponse got = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x");
        Assert.Equal(new string('a', 66560), got.Text);
        Assert.Equal("gzip", got.Headers["Content-Encoding"]);
    }

    [Theory]
    [InlineData("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n")]
    [InlineData("4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n")]
    [InlineData("1;chunk-signature=0\r\n1\r\n8;chunk-signature=0\r\n23456789\r\n0;chunk-signature=0\r\nx-amz-checksum-crc32:y/Q5Jg==\n\r\nx-amz-trailer-signature:0\r\n\r\n")]
    public async Task A_trailing_checksum_is_stored(string body)
    {
        RawResponse put = await PutAsync(body, Unsigned, "x-amz-decoded-content-length: 9", "x-amz-trailer: x-amz-checksum-crc32", "Content-Encoding: aws-chunked");
        Assert.Equal(200, put.Status);
        Assert.Equal("y/Q5Jg==", put.Headers["x-amz-checksum-crc32"]);
        RawResponse got = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x");
        Assert.Equal("123456789", got.Text);
        Assert.DoesNotContain("Content-Encoding", got.Headers.Keys);
    }

    [Theory]
    [InlineData("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest")]
    [InlineData("9\r\n123456789\r\n0\r\n\r\n", "InvalidRequest")]
    [InlineData("9\r\n123456789\r\n", "IncompleteBody")]
    [InlineData("9\r\n12345", "IncompleteBody")]
    [InlineData("8\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("8\r\n12345678\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("A\r\n1234567890\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("nine\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("-1\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("9\r\n123456789\r\n0\r\nno trailer\r\n\r\n", "IncompleteBody")]
    [InlineData("", "IncompleteBody")]
    public async Task A_corrupt_chunked_body_stores_nothing(string body, string code)
    {
        RawResponse put = await PutAsync(body, Unsigned, "x-amz-decoded-content-length: 9", "x-amz-trailer: x-amz-checksum-crc32");
        Assert.Equal(400, put.Status);
        Assert.Contains($"<Code>{code}</Code>", put.Text, StringComparison.Ordinal);
        Assert.Equal([".s3/in-use", ".s3/owner"], Folder.Files());
    }

    [Fact]
    public async Task A_line_without_end_is_not_read_forever()
    {
        RawResponse put = await PutAsync(new string('1', 1 << 20), Unsigned, "x-amz-decoded-content-length: 9");
        Assert.Contains("<Code>IncompleteBody</Code>", put.Text, StringComparison.Ordinal);
    }

    private Task<RawResponse> PutAsync(string body, params string[] headers) =>
        RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", Encoding.ASCII.GetBytes(body), headers);
}
