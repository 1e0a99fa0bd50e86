using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Requests that S3 accepts and this server used to refuse.</summary>
public sealed class RequestTests : S3Fixture
{
    [Theory]
    [InlineData("GET /photos/x.jpg?v=123")]
    [InlineData("GET /photos/x.jpg?foo")]
    [InlineData("GET /photos/x.jpg?prefix=a&list-type=2")]
    [InlineData("GET /photos?bucket=photos&key=x.jpg&etag=%22a%22")]
    [InlineData("GET /photos?list-type=2&v=1")]
    [InlineData("HEAD /photos?v=1")]
    [InlineData("GET /?v=1")]
    [InlineData("PUT /photos/x.jpg?v=1")]
    [InlineData("DELETE /photos/x.jpg?v=1")]
    public async Task Query_parameters_that_S3_does_not_know_are_ignored(string request)
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", "x"u8.ToArray());
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, request, request.StartsWith("PUT", StringComparison.Ordinal) ? [] : null);
        Assert.True(answer.Status is 200 or 204, $"{answer.Status} {answer.Text}");
    }

    [Theory]
    [InlineData("PUT /photos/x.jpg?versionId=1")]
    [InlineData("PUT /photos/x.jpg?partNumber=1")]
    [InlineData("PUT /photos/x.jpg?append")]
    [InlineData("GET /photos?versionId=1")]
    [InlineData("GET /photos/x.jpg?attributes&v=1")]
    public async Task Known_subresources_are_not_ignored(string request) =>
        Assert.Equal(501, (await RawHttp.SendAsync(Server.Endpoint, request, [])).Status);

    [PythonFact("boto3")]
    public void A_presigned_URL_accepts_further_parameters() => BotoScript.Run(Server.Endpoint, """
        s3.put_object(Bucket="photos", Key="x.jpg", Body=b"x")
        v2 = client(signature_version="s3").generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "x.jpg"})
        assert http("GET", v2 + "&v=1").status == 200
        v4 = client(signature_version="s3v4").generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "x.jpg"})
        assert http("GET", v4).status == 200 and http("GET", v4 + "&v=1").status == 403  # Version 4 signs all of them.
        """);

    [PythonFact("boto3")]
    public void A_list_of_uploads_has_common_prefixes_and_pages() => BotoScript.Run(Server.Endpoint, """
        keys = ["a/1", "a/2", "b", "b", "c/1", "c/d/2", "e +ü"]
        ids = [s3.create_multipart_upload(Bucket="photos", Key=key)["UploadId"] for key in keys]
        def read(**arguments):
            found, marker, pages = [], {}, 0
            while True:
                page = s3.list_multipart_uploads(Bucket="photos", **arguments, **marker)
                pages += 1
                found += [u["Key"] for u in page.get("Uploads", [])] + [p["Prefix"] for p in page.get("CommonPrefixes", [])]
                assert page.get("Delimiter", "") == arguments.get("Delimiter", ""), page
                if not page["IsTruncated"]:
                    return sorted(found), pages
                marker = {"KeyMarker": page["NextKeyMarker"], "UploadIdMarker": page["NextUploadIdMarker"]}
        assert read()[0] == sorted(keys)
        for size in 1, 2, 3, 1000:
            assert read(Delimiter="/", MaxUploads=size)[0] == ["a/", "b", "b", "c/", "e +ü"], size
            assert read(Delimiter="/", Prefix="c/", MaxUploads=size)[0] == ["c/1", "c/d/"], size
            assert read(MaxUploads=size)[0] == sorted(keys), size
            assert read(Delimiter="/", MaxUploads=size, EncodingType="url")[0] == ["a/", "b", "b", "c/", "e+%2B%C3%BC"], size
        assert read(Delimiter="/", MaxUploads=1)[1] == 5
        assert read(Delimiter="")[0] == sorted(keys)  # As minio-js asks.
        """);

    [PythonFact("boto3")]
    public void An_upload_is_completed_twice_also_after_a_restart() => BotoScript.Run(Server.Endpoint, """
        up = s3.create_multipart_upload(Bucket="photos", Key="m", ChecksumAlgorithm="SHA256")["UploadId"]
        part = s3.upload_part(Bucket="photos", Key="m", UploadId=up, PartNumber=1, Body=b"abc", ChecksumAlgorithm="SHA256")
        complete = lambda etag=part["ETag"]: s3.complete_multipart_upload(Bucket="photos", Key="m", UploadId=up, MultipartUpload={"Parts": [
            {"PartNumber": 1, "ETag": etag, "ChecksumSHA256": part["ChecksumSHA256"]}]})
        first, second = complete(), complete()
        assert (first["ETag"], first["ChecksumSHA256"], first["Key"]) == (second["ETag"], second["ChecksumSHA256"], second["Key"])
        assert code(lambda: complete('"0123456789abcdef0123456789abcdef"')) == "InvalidPart"
        assert code(s3.abort_multipart_upload, Bucket="photos", Key="m", UploadId=up) == "NoSuchUpload"
        s3.delete_object(Bucket="photos", Key="m")
        assert code(complete) == "NoSuchUpload"
        """);

    [PythonFact("boto3")]
    public void An_object_is_copied_to_itself_with_a_storage_class_or_encryption() => BotoScript.Run(Server.Endpoint, """
        s3.put_object(Bucket="photos", Key="x", Body=b"x", ContentType="image/jpeg", Metadata={"a": "b"})
        assert code(s3.copy_object, Bucket="photos", Key="x", CopySource="photos/x") == "InvalidRequest"
        for change in {"StorageClass": "STANDARD"}, {"ServerSideEncryption": "AES256"}, {"WebsiteRedirectLocation": "/y"}:
            s3.copy_object(Bucket="photos", Key="x", CopySource="photos/x", **change)
            head = s3.head_object(Bucket="photos", Key="x")
            assert (head["ContentType"], head["Metadata"]) == ("image/jpeg", {"a": "b"}), head
            assert head.get("ServerSideEncryption") == change.get("ServerSideEncryption"), head
            assert head.get("WebsiteRedirectLocation") == change.get("WebsiteRedirectLocation"), head
        assert code(s3.copy_object, Bucket="photos", Key="x", CopySource="photos/x", StorageClass="GLACIER") == "NotImplemented"
        """);

    [PythonFact("boto3")]
    public void Encryption_with_keys_of_S3_is_shown() => BotoScript.Run(Server.Endpoint, """
        sse = {"ServerSideEncryption": "AES256"}
        assert s3.put_object(Bucket="photos", Key="x", Body=b"x", **sse)["ServerSideEncryption"] == "AES256"
        assert s3.get_object(Bucket="photos", Key="x")["ServerSideEncryption"] == "AES256"
        assert s3.head_object(Bucket="photos", Key="x")["ServerSideEncryption"] == "AES256"
        assert "ServerSideEncryption" not in s3.copy_object(Bucket="photos", Key="y", CopySource="photos/x")
        assert "ServerSideEncryption" not in s3.head_object(Bucket="photos", Key="y")
        assert s3.copy_object(Bucket="photos", Key="y", CopySource="photos/x", **sse)["ServerSideEncryption"] == "AES256"
        up = s3.create_multipart_upload(Bucket="photos", Key="m", **sse)
        part = s3.upload_part(Bucket="photos", Key="m", UploadId=up["UploadId"], PartNumber=1, Body=b"abc")
        copy = s3.upload_part_copy(Bucket="photos", Key="m", UploadId=up["UploadId"], PartNumber=2, CopySource="photos/x")
        done = s3.complete_multipart_upload(Bucket="photos", Key="m", UploadId=up["UploadId"], MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
        assert [a["ServerSideEncryption"] for a in (up, part, copy, done)] == ["AES256"] * 4
        """);

    [Fact]
    public async Task An_empty_continuation_token_comes_back()
    {
        Assert.Contains("<ContinuationToken></ContinuationToken>", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos?list-type=2&continuation-token=")).Text.Replace("<ContinuationToken />", "<ContinuationToken></ContinuationToken>", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("ContinuationToken", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos?list-type=2")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deflate, gzip", "deflate, gzip")]
    [InlineData("deflate,gzip", "deflate,gzip")]
    [InlineData("aws-chunked,gzip", "gzip")]
    public async Task A_content_encoding_comes_back_as_it_was(string sent, string expected)
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray(), "Content-Encoding: " + sent);
        Assert.Equal(expected, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x")).Headers["Content-Encoding"]);
    }

    /// <remarks>As in "Working with object metadata" of the User Guide; Python's own decoder judges.</remarks>
    [PythonFact("boto3")]
    public void Metadata_that_no_header_can_hold_comes_back_encoded() => BotoScript.Run(Server.Endpoint, """
        from email.header import decode_header
        import http.client, urllib.parse
        at = urllib.parse.urlparse(sys.argv[1])
        for value in "Zoë", "漢字 🙂", "a\u0001b":
            connection = http.client.HTTPConnection(at.hostname, at.port)
            connection.request("PUT", "/photos/x", b"", {"x-amz-meta-a": value.encode()})
            assert connection.getresponse().read() == b""
            [(found, charset)] = decode_header(s3.head_object(Bucket="photos", Key="x")["Metadata"]["a"])
            assert found.decode(charset) == value, (found, charset)
        """);
}
