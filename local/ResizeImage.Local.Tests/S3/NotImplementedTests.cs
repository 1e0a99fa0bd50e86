using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>The server names features that it lacks. The list of all operations is the AWS SDK's description of the API.</summary>
public sealed class NotImplementedTests : S3Fixture
{
    [PythonFact("boto3")]
    public async Task Every_operation_of_the_API_is_served_or_not_implemented()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray());
        string[] before = Folder.Files();
        BotoScript.Run(Server.Endpoint, """
            served = '''AbortMultipartUpload CompleteMultipartUpload CopyObject CreateBucket CreateMultipartUpload DeleteBucket DeleteObject DeleteObjectTagging DeleteObjects
                GetBucketLocation GetBucketNotification GetBucketNotificationConfiguration GetObject GetObjectAcl GetObjectTagging HeadBucket HeadObject ListBuckets ListMultipartUploads ListObjects ListObjectsV2 ListParts
                PutBucketNotification PutBucketNotificationConfiguration PutObject PutObjectTagging UploadPart UploadPartCopy'''.split()
            elsewhere = "ListDirectoryBuckets", "WriteGetObjectResponse"  # The same request as another operation's, at another host.
            tried = 0
            for name in s3.meta.service_model.operation_names:
                if name in served or name in elsewhere:
                    continue
                operation = s3.meta.service_model.operation_model(name)
                uri = operation.http["requestUri"].replace("{Bucket}", "photos").replace("{Key+}", "x")
                for member in (operation.input_shape.members if operation.input_shape else {}).items():
                    if member[0] in operation.input_shape.required_members and member[1].serialization.get("location") == "querystring":
                        uri += ("&" if "?" in uri else "?") + member[1].serialization["name"] + "=1"
                answer = http(operation.http["method"], sys.argv[1].rstrip("/") + uri, b"<x/>" if operation.http["method"] in ("PUT", "POST") else None)
                assert answer.status == 501 and (answer.code_ == "NotImplemented" or operation.http["method"] == "HEAD"), (name, uri, answer.status, answer.text)
                tried += 1
            assert tried > 60, tried
            """);
        Assert.Equal(before, Folder.Files());
    }

    [Theory]
    [InlineData("x-amz-grant-read: id=1")]
    [InlineData("x-amz-storage-class: GLACIER")]
    [InlineData("x-amz-server-side-encryption: aws:kms")]
    [InlineData("x-amz-server-side-encryption-customer-algorithm: AES256")]
    [InlineData("x-amz-object-lock-mode: GOVERNANCE")]
    public async Task A_header_for_an_unimplemented_feature_fails(string header)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray(), header);
        Assert.Equal(501, answer.Status);
        Assert.Contains("<Code>NotImplemented</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Equal([".s3/in-use", ".s3/owner"], Folder.Files());
    }

    [Theory]
    [InlineData("x-amz-acl: private")]
    [InlineData("x-amz-storage-class: STANDARD")]
    [InlineData("x-amz-server-side-encryption: AES256")]
    public async Task A_header_for_the_default_behavior_succeeds(string header) =>
        Assert.Equal(200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray(), header)).Status);
}
