using System.Text;
using System.Xml.Linq;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Answers that are not successes: status, code, and that nothing changed.</summary>
public sealed class ErrorTests : S3Fixture
{
    [Theory]
    [InlineData("GET /photos/missing.jpg", 404, "NoSuchKey")]
    [InlineData("GET /nowhere/x.jpg", 404, "NoSuchBucket")]
    [InlineData("PUT /nowhere/x.jpg", 404, "NoSuchBucket")]
    [InlineData("GET /nowhere", 404, "NoSuchBucket")]
    [InlineData("GET /nowhere?list-type=2", 404, "NoSuchBucket")]
    [InlineData("PUT /No_Bucket", 400, "InvalidBucketName")]
    [InlineData("PUT /..", 400, "InvalidBucketName")]
    [InlineData("PUT /a..b", 400, "InvalidBucketName")]
    [InlineData("PUT /.s3", 400, "InvalidBucketName")]
    [InlineData("GET /photos?acl", 501, "NotImplemented")]
    [InlineData("GET /photos?versions", 501, "NotImplemented")]
    [InlineData("PUT /photos?website", 501, "NotImplemented")]
    [InlineData("PUT /photos/x?tagging", 400, "MalformedXML")]
    [InlineData("PUT /photos/x?acl", 501, "NotImplemented")]
    [InlineData("POST /photos/x?select&select-type=2", 501, "NotImplemented")]
    [InlineData("POST /photos", 412, "PreconditionFailed")]
    [InlineData("PATCH /photos/x", 405, "MethodNotAllowed")]
    [InlineData("GET /photos/%ff", 400, "InvalidURI")]
    [InlineData("GET /photos/%4", 400, "InvalidURI")]
    [InlineData("GET /photos/x?versionId=3", 404, "NoSuchVersion")]
    [InlineData("GET /photos?list-type=2&max-keys=many", 400, "InvalidArgument")]
    [InlineData("GET /photos?list-type=2&continuation-token=%21", 400, "InvalidArgument")]
    [InlineData("GET /photos?list-type=2&encoding-type=base64", 400, "InvalidArgument")]
    [InlineData("GET /photos/x?tagging", 404, "NoSuchKey")]
    [InlineData("DELETE /photos/x?tagging", 404, "NoSuchKey")]
    [InlineData("GET /photos/x?acl", 404, "NoSuchKey")]
    [InlineData("GET /photos/x?tagging&versionId=3", 404, "NoSuchVersion")]
    [InlineData("GET /photos/x?uploadId=1", 404, "NoSuchUpload")]
    [InlineData("PUT /photos/x?uploadId=1&partNumber=1", 404, "NoSuchUpload")]
    [InlineData("DELETE /photos/x?uploadId=1", 404, "NoSuchUpload")]
    public async Task Code(string request, int status, string code)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, request, []);
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/xml", answer.Headers["Content-Type"]);
        XElement error = XDocument.Parse(answer.Text).Root!;
        Assert.Equal("Error", error.Name.ToString());
        Assert.Equal(code, error.Element("Code")!.Value);
        Assert.NotEmpty(error.Element("Message")!.Value);
        Assert.Equal(answer.Headers["x-amz-request-id"], error.Element("RequestId")!.Value);
        Assert.Matches("^[0-9A-F]{16}$", answer.Headers["x-amz-request-id"]);
    }

    [Fact]
    public async Task A_key_of_1024_bytes_is_the_longest()
    {
        Assert.Equal(200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/" + new string('k', 1024), "x"u8.ToArray())).Status);
        Assert.Equal("x", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/" + new string('k', 1024))).Text);
        RawResponse tooLong = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/" + string.Concat(Enumerable.Repeat("%C3%A9", 512)) + "x", []);
        Assert.Equal(400, tooLong.Status);
        Assert.Contains("<Code>KeyTooLongError</Code>", tooLong.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5: nonsense", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32: AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32c: AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc64nvme: AAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-checksum-sha1: AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-checksum-sha256: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-checksum-crc32: AAAA", "InvalidRequest")]
    [InlineData("Content-MD5: ", "InvalidDigest")]
    [InlineData("x-amz-sdk-checksum-algorithm: CRC16", "InvalidRequest")]
    [InlineData("x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "XAmzContentSHA256Mismatch")]
    [InlineData("x-amz-tagging: a=b&a=c", "InvalidArgument")]
    [InlineData("x-amz-meta-much: MUCH", "MetadataTooLarge")]
    [InlineData("If-Match: \"0\"", "NoSuchKey")]
    public async Task A_refused_put_stores_nothing(string header, string code)
    {
        header = header.Replace("MUCH", new string('m', 2048), StringComparison.Ordinal);
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", "body"u8.ToArray(), header);
        Assert.Contains($"<Code>{code}</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.jpg")).Status);
        Assert.Equal([".s3/in-use", ".s3/owner"], Folder.Files());
    }

    [Fact]
    public async Task A_put_needs_its_length()
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", null, "Transfer-Encoding: chunked");
        Assert.Equal(411, answer.Status);
        Assert.Contains("<Code>MissingContentLength</Code>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_5_GiB_is_refused_before_a_byte_is_sent()
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", null, "Content-Length: 5368709121");
        Assert.Equal(400, answer.Status);
        Assert.Contains("<Code>EntityTooLarge</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<MaxSizeAllowed>5368709120</MaxSizeAllowed>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_with_objects_is_not_deleted()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/a/b.jpg", "x"u8.ToArray());
        RawResponse refused = await RawHttp.SendAsync(Server.Endpoint, "DELETE /photos");
        Assert.Equal(409, refused.Status);
        Assert.Contains("<Code>BucketNotEmpty</Code>", refused.Text, StringComparison.Ordinal);
        Assert.Equal(204, (await RawHttp.SendAsync(Server.Endpoint, "DELETE /photos/a/b.jpg")).Status);
        Assert.Equal(204, (await RawHttp.SendAsync(Server.Endpoint, "DELETE /photos")).Status);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos")).Status);
        Assert.False(Directory.Exists(Folder["photos"]));
    }

    [Fact]
    public async Task A_head_that_fails_has_no_body()
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/missing.jpg");
        Assert.Equal(404, answer.Status);
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData("nonsense", "MalformedXML")]
    [InlineData("<Delete/>", "MalformedXML")]
    [InlineData("<Delete><Object/></Delete>", "MalformedXML")]
    [InlineData("<Delete><Object><Key>a</Key></Object>", "MalformedXML")]
    [InlineData("<Other><Object><Key>a</Key></Object></Other>", "MalformedXML")]
    [InlineData("<!DOCTYPE d [<!ENTITY e \"x\">]><Delete><Object><Key>&e;</Key></Object></Delete>", "MalformedXML")]
    [InlineData("<Delete><Object><Key>a</Key><ETag>1</ETag></Object></Delete>", "NotImplemented")]
    public async Task A_bad_delete_request(string xml, string code)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "POST /photos?delete", Encoding.UTF8.GetBytes(xml));
        Assert.Contains($"<Code>{code}</Code>", answer.Text, StringComparison.Ordinal);
    }
}
