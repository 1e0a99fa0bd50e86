using System.Text;
using Amazon.S3.Model;
using ResizeImage.Local.S3;
using ResizeImage.Local.S3.Signing;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>The server refuses oversized requests before they fill memory or disk, and removes truncated uploads.</summary>
public sealed class RequestSizeTests : S3Fixture
{
    [Theory]
    [InlineData("POST /photos?delete")]
    [InlineData("POST /photos/x?uploadId=ID")]
    public async Task An_xml_body(string request)
    {
        InitiateMultipartUploadResponse created = await S3.InitiateMultipartUploadAsync(Bucket, "x");
        byte[] body = Encoding.UTF8.GetBytes("<Delete>" + new string(' ', S3Limits.MaxXmlBytes));
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, request.Replace("ID", created.UploadId, StringComparison.Ordinal), body);
        Assert.Equal(400, answer.Status);
        Assert.Contains("<Code>EntityTooLarge</Code>", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_part_number(int number)
    {
        InitiateMultipartUploadResponse created = await S3.InitiateMultipartUploadAsync(Bucket, "x");
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, $"PUT /photos/x?partNumber={number}&uploadId={created.UploadId}", "x"u8.ToArray());
        Assert.Contains("<Code>InvalidArgument</Code>", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /photos/x", "x-much: ", 64 << 10, 431)]
    [InlineData("GET /photos?list-type=2&prefix=", "x-little: 1", 64 << 10, 414)]
    public async Task Headers_and_the_request_line(string request, string header, int bytes, int status)
    {
        string much = new('m', bytes);
        bool inHeader = header.EndsWith(' ');
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, inHeader ? request : request + much, null, inHeader ? header + much : header);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task An_aws_chunked_body_that_is_longer_than_it_says()
    {
        byte[] body = Encoding.ASCII.GetBytes("64\r\n" + new string('x', 100) + "\r\n0\r\n\r\n");
        RawResponse answer = await RawHttp.SendAsync(
            Server.Endpoint, "PUT /photos/x", body, "x-amz-decoded-content-length: 10", "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        Assert.Contains("<Code>IncompleteBody</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Equal([".s3/in-use", ".s3/owner"], Folder.Files());
    }

    [Fact]
    public async Task A_truncated_form_stores_nothing()
    {
        string policy = Convert.ToBase64String("""{"expiration":"2999-01-01T00:00:00Z","conditions":[["starts-with","$key",""]]}"""u8.ToArray());
        Dictionary<string, string> fields = new()
        {
            ["key"] = "x",
            ["policy"] = policy,
            ["AWSAccessKeyId"] = LocalCredentials.AccessKeyId,
            ["signature"] = PresignedUrlV2.Sign(policy),
        };
        string form = string.Concat(fields.Select(field => $"--b\r\nContent-Disposition: form-data; name=\"{field.Key}\"\r\n\r\n{field.Value}\r\n"))
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nabc";
        await RawHttp.SendBrokenAsync(
            Server.Endpoint,
            "POST /photos",
            Encoding.UTF8.GetBytes(form),
            () => Eventually.TrueAsync(() => Directory.GetFiles(Folder[".s3/staging"]).Length == 1, "the file does not arrive"),
            "Content-Type: multipart/form-data; boundary=b",
            "Content-Length: 1000000");
        await Eventually.TrueAsync(() => Folder.Files().SequenceEqual([".s3/in-use", ".s3/owner"]), "something was left behind");
    }
}
