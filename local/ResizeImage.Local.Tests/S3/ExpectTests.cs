using System.Net.Sockets;
using System.Text;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Expect: 100-continue, RFC 9110 section 10.1.1. SDKs send it with every body, and send no body after an error.</summary>
public sealed class ExpectTests : S3Fixture
{
    [PythonFact("boto3")]
    public void Put_then_create_the_bucket_then_put() => BotoScript.Run(Server.Endpoint, """
        for size in 10, 100_000, 3_000_000:
            body = bytes(size)
            bucket = "bucket-%d" % size
            assert code(s3.put_object, Bucket=bucket, Key="x", Body=io.BytesIO(body)) == "NoSuchBucket"
            s3.create_bucket(Bucket=bucket)
            assert code(s3.put_object, Bucket=bucket, Key="x", Body=io.BytesIO(body), StorageClass="GLACIER") == "NotImplemented"
            s3.put_object(Bucket=bucket, Key="x", Body=io.BytesIO(body))
            assert s3.get_object(Bucket=bucket, Key="x")["Body"].read() == body
        """);

    [Theory]
    [InlineData("PUT /missing/x HTTP/1.1\r\nHost: localhost", "HTTP/1.1 404")]
    [InlineData("PUT /photos/x?acl HTTP/1.1\r\nHost: localhost", "HTTP/1.1 501")]
    [InlineData("PUT /photos/x HTTP/1.1\r\nHost: evil.example", "HTTP/1.1 421")]
    public async Task An_error_before_the_body_closes_the_connection(string request, string status)
    {
        string answer = await SendHeadAsync(request + "\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_body_gets_100_Continue() => Assert.StartsWith(
        "HTTP/1.1 100 Continue\r\n",
        await SendHeadAsync("PUT /photos/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"),
        StringComparison.Ordinal);

    private async Task<string> SendHeadAsync(string head)
    {
        using TcpClient client = new();
        await client.ConnectAsync(Server.Endpoint.Host, Server.Endpoint.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        byte[] buffer = new byte[4096];
        int length = await stream.ReadAsync(buffer);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
