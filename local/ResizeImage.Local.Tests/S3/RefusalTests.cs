using System.Text;
using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Invalid requests and features that this server lacks: an error, and nothing changes.</summary>
public sealed class RefusalTests : S3Fixture
{
    private const string Sse = "x-amz-server-side-encryption";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray());
    }

    [Theory]
    [InlineData("x-amz-acl: bogus", "InvalidArgument")]
    [InlineData("x-amz-acl: log-delivery-write", "InvalidArgument")]
    [InlineData("x-amz-grant-read: id=1", "NotImplemented")]
    [InlineData("x-amz-tagging: a=1&a=2", "InvalidArgument")]
    [InlineData("x-amz-tagging: a=%", "InvalidTag")]
    [InlineData("x-amz-tagging: a=%ff", "InvalidArgument")]
    [InlineData("x-amz-tagging: =b", "InvalidTag")]
    [InlineData("x-amz-storage-class: GLACIER", "NotImplemented")]
    [InlineData("x-amz-storage-class: bogus", "InvalidStorageClass")]
    [InlineData("x-amz-write-offset-bytes: 1", "NotImplemented")]
    [InlineData(Sse + ": aws:kms", "NotImplemented")]
    [InlineData(Sse + ": bogus", "InvalidEncryptionAlgorithmError")]
    [InlineData(Sse + "-aws-kms-key-id: 1", "InvalidArgument")]
    [InlineData(Sse + "-context: e30=", "InvalidArgument")]
    [InlineData(Sse + "-bucket-key-enabled: true", "InvalidArgument")]
    [InlineData(Sse + "-customer-algorithm: AES256", "NotImplemented")]
    [InlineData(Sse + "-customer-key: MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "InvalidArgument")]
    [InlineData(Sse + "-customer-key-MD5: AAAAAAAAAAAAAAAAAAAAAA==", "InvalidArgument")]
    public async Task Put_copy_and_multipart(string header, string code)
    {
        await AssertRefusedAsync("PUT /photos/y", code, header);
        await AssertRefusedAsync("PUT /photos/y", code, header, "x-amz-copy-source: photos/x");
        await AssertRefusedAsync("PUT /photos/x", code, header, "x-amz-copy-source: photos/x");
        await AssertRefusedAsync("POST /photos/y?uploads", code, header);
        Assert.Equal("x", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x")).Text);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/y")).Status);
    }

    [Theory]
    [InlineData("\"9dd4e461268c8034f5c8564e155c67a6\"")]
    [InlineData("\"0\", *")]
    public async Task If_None_Match_accepts_only_an_asterisk(string etag) =>
        await AssertRefusedAsync("PUT /photos/x", "NotImplemented", "If-None-Match: " + etag);

    [Fact]
    public async Task A_key_of_KMS_with_SSE_S3() =>
        await AssertRefusedAsync("PUT /photos/y", "InvalidArgument", Sse + ": AES256", Sse + "-aws-kms-key-id: 1");

    [Theory]
    [InlineData(Sse + "-customer-algorithm: AES256", "InvalidRequest")]
    [InlineData(Sse + "-customer-key: MDEy", "InvalidRequest")]
    [InlineData(Sse + ": AES256", "InvalidArgument")]
    [InlineData(Sse + ": aws:kms", "InvalidArgument")]
    [InlineData(Sse + "-aws-kms-key-id: 1", "InvalidArgument")]
    public async Task A_read_with_encryption_keys_of_a_plain_object(string header, string code)
    {
        await AssertRefusedAsync("GET /photos/x", code, header);
        Assert.Equal(400, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/x", null, header)).Status);
    }

    [Fact]
    public async Task A_copy_with_encryption_keys_of_a_plain_source() => await AssertRefusedAsync(
        "PUT /photos/y", "InvalidRequest", "x-amz-copy-source: photos/x", "x-amz-copy-source-server-side-encryption-customer-algorithm: AES256");

    [Theory]
    [InlineData("x-amz-if-match-size: 17")]
    [InlineData("x-amz-if-match-size: 1")]
    [InlineData("x-amz-if-match-last-modified-time: Thu, 01 Jan 2015 00:00:00 GMT")]
    [InlineData("x-amz-mfa: 20899872 301749")]
    public async Task A_delete_under_conditions_that_are_not_checked(string header)
    {
        await AssertRefusedAsync("DELETE /photos/x", "NotImplemented", header);
        RawResponse many = await RawHttp.SendAsync(Server.Endpoint, "POST /photos?delete", "<Delete><Object><Key>x</Key></Object></Delete>"u8.ToArray(), header);
        Assert.Equal(501, many.Status);
        Assert.Equal("x", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x")).Text);
    }

    [PythonFact("boto3")]
    public void DeleteObjects_ignores_a_version_that_does_not_exist() => BotoScript.Run(Server.Endpoint, """
        s3.put_object(Bucket="photos", Key="y", Body=b"")
        answer = s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "x", "VersionId": "abc"}, {"Key": "y", "VersionId": "null"}]})
        assert [(e["Key"], e["VersionId"], e["Code"]) for e in answer["Errors"]] == [("x", "abc", "NoSuchVersion")], answer
        assert answer["Deleted"] == [{"Key": "y", "VersionId": "null"}], answer
        quiet = s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "x", "VersionId": "abc"}, {"Key": "z"}], "Quiet": True})
        assert len(quiet["Errors"]) == 1 and "Deleted" not in quiet, quiet
        assert [o["Key"] for o in s3.list_objects_v2(Bucket="photos")["Contents"]] == ["x"]
        """);

    [Theory]
    [InlineData("x-amz-checksum-crc32: AAAA", "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid.")]
    [InlineData("x-amz-checksum-sha256: bad", "InvalidRequest", "Value for x-amz-checksum-sha256 header is invalid.")]
    [InlineData("Content-MD5: ", "InvalidDigest", "Content-MD5")]
    [InlineData("Content-MD5: YWJyYWNhZGFicmE=", "InvalidDigest", "Content-MD5")]
    public async Task A_malformed_checksum(string header, string code, string message)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/y", "y"u8.ToArray(), header);
        Assert.Contains($"<Code>{code}</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_checksums_at_once() =>
        await AssertRefusedAsync("PUT /photos/y", "InvalidRequest", "x-amz-checksum-crc32: AAAAAA==", "x-amz-checksum-sha1: AAAAAAAAAAAAAAAAAAAAAAAAAAA=");

    [Theory]
    [InlineData("bytes=0-21", "InvalidArgument")]
    [InlineData("bytes=1-5", "InvalidArgument")]
    [InlineData("0-2", "InvalidArgument")]
    [InlineData("bytes=hello-", "InvalidArgument")]
    [InlineData("bytes=0-1,3-4", "InvalidArgument")]
    [InlineData("bytes=2-", "InvalidArgument")]
    [InlineData("bytes=-2", "InvalidArgument")]
    [InlineData("bytes=3-2", "InvalidArgument")]
    public async Task A_range_of_a_part_that_is_copied(string range, string code)
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/five", "01234"u8.ToArray());
        InitiateMultipartUploadResponse upload = await S3.InitiateMultipartUploadAsync(Bucket, "m");
        await AssertRefusedAsync($"PUT /photos/m?partNumber=1&uploadId={upload.UploadId}", code, "x-amz-copy-source: photos/five", "x-amz-copy-source-range: " + range);
        RawResponse whole = await RawHttp.SendAsync(
            Server.Endpoint, $"PUT /photos/m?partNumber=1&uploadId={upload.UploadId}", null, "x-amz-copy-source: photos/five", "x-amz-copy-source-range: bytes=0-4");
        Assert.Equal(200, whole.Status);
    }

    [Theory]
    [InlineData("response-content-type=a%0d%0aSet-Cookie:%20b")]
    [InlineData("response-expires=%0a")]
    [InlineData("response-content-disposition=%00")]
    [InlineData("response-cache-control=%7f")]
    public async Task A_response_header_with_control_characters(string query) => await AssertRefusedAsync("GET /photos/x?" + query, "InvalidArgument");

    [Fact]
    public async Task An_unknown_response_override_is_ignored()
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x?response-set-cookie=a");
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("Set-Cookie", answer.Headers.Keys);
    }

    private async Task AssertRefusedAsync(string request, string code, params string[] headers)
    {
        byte[]? body = request.StartsWith("GET", StringComparison.Ordinal) ? null : Encoding.ASCII.GetBytes("y");
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, request, body, headers);
        Assert.True(answer.Text.Contains($"<Code>{code}</Code>", StringComparison.Ordinal), $"{request}: {answer.Status} {answer.Text}");
        Assert.Equal(code == "NotImplemented" ? 501 : 400, answer.Status);
    }
}
