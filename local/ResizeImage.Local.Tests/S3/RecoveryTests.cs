using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>How a start repairs a folder: each state that a kill can leave, the layout of earlier versions, files changed by hand.</summary>
public sealed class RecoveryTests : S3Fixture
{
    private const string Content = "photos/a/x.jpg";
    private const string Metadata = ".s3/metadata/photos/a/x.jpg.json";
    private const string Generation = "0123456789abcdef0123456789abcdef";
    private static readonly string[] Clean = [".s3/in-use", ".s3/owner"];

    [Fact]
    public async Task A_kill_before_the_metadata_rename_keeps_the_old_object()
    {
        await PutAsync("old");
        await RestartAsync(() =>
        {
            Stage(Generation, "newer");
            Stage("fedcba9876543210fedcba9876543210", "{ \"Key\": \"a/x.jpg\", \"Si");
        });
        await AssertObjectAsync("old");
    }

    [Theory]
    [InlineData("new")]
    [InlineData("another size")]
    public async Task A_kill_between_the_renames_completes_the_new_object(string content)
    {
        await PutAsync("old");
        await RestartAsync(() =>
        {
            Stage(Generation, content);
            Describe(content, Generation);
        });
        await AssertObjectAsync(content);
        await RestartAsync();
        await AssertObjectAsync(content);
    }

    [Fact]
    public async Task A_kill_between_the_renames_of_a_first_put_completes_the_object()
    {
        await PutAsync("model");
        await RestartAsync(() =>
        {
            File.Delete(Folder[Content]);
            Directory.Delete(Folder["photos/a"]);
            Stage(Generation, "first");
            Describe("first", Generation);
        });
        await AssertObjectAsync("first");
    }

    [Fact]
    public async Task A_kill_during_a_delete_leaves_no_file()
    {
        await PutAsync("old");
        await RestartAsync(() => File.Move(Folder[Metadata], Folder[Metadata + ".deleted"]));
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/a/x.jpg")).Status);
        Assert.Equal(Clean, Folder.Files());
        Assert.False(Directory.Exists(Folder["photos/a"]));
    }

    [Fact]
    public async Task An_interrupted_delete_does_not_touch_a_later_object()
    {
        await PutAsync("later");
        await RestartAsync(() => File.Copy(Folder[Metadata], Folder[Metadata + ".deleted"]));
        await AssertObjectAsync("later");
    }

    [Fact]
    public async Task The_configuration_of_a_deleted_bucket_is_removed()
    {
        await RestartAsync(() => File.WriteAllText(Folder[".s3/buckets/gone.json"], "{}"));
        Assert.Equal(Clean, Folder.Files());
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /gone")).Status);
    }

    [Fact]
    public async Task A_folder_of_an_earlier_version_is_served()
    {
        await PutAsync("old");
        await RestartAsync(() => Describe("old", generation: null));
        await AssertObjectAsync("old");
    }

    [Fact]
    public async Task An_object_torn_by_an_earlier_version_is_not_served()
    {
        await PutAsync("old");
        await RestartAsync(() =>
        {
            Describe("old", generation: null);
            File.WriteAllText(Folder[Content], "new");
            File.SetLastWriteTimeUtc(Folder[Content], DateTime.UtcNow.AddSeconds(1));
        });
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/a/x.jpg")).Status);

        // The file itself may be a person's own.
        Assert.Equal([.. Clean, Content], Folder.Files());
    }

    [Fact]
    public async Task A_copied_folder_is_served()
    {
        await PutAsync("old");
        byte[] part = RandomBytes(5 << 20);
        InitiateMultipartUploadResponse upload = await S3.InitiateMultipartUploadAsync(Bucket, "m");
        UploadPartResponse first = await S3.UploadPartAsync(new() { BucketName = Bucket, Key = "m", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream(part) });
        UploadPartResponse second = await S3.UploadPartAsync(new() { BucketName = Bucket, Key = "m", UploadId = upload.UploadId, PartNumber = 2, InputStream = new MemoryStream([1]) });
        CompleteMultipartUploadResponse completed = await S3.CompleteMultipartUploadAsync(new() { BucketName = Bucket, Key = "m", UploadId = upload.UploadId, PartETags = [new(1, first.ETag), new(2, second.ETag)] });
        await RestartAsync(() =>
        {
            File.SetLastWriteTimeUtc(Folder[Content], DateTime.UtcNow.AddHours(-1));
            foreach (string file in new[] { Metadata, ".s3/metadata/photos/m%.json" })
            {
                File.SetLastWriteTimeUtc(Folder[file], DateTime.UtcNow.AddDays(-1));
            }
        });
        await AssertObjectAsync("old", others: [".s3/metadata/photos/m%.json", "photos/m%"]);
        Assert.Equal(completed.ETag, (await S3.GetObjectMetadataAsync(Bucket, "m")).ETag);

        // The last byte is another one.
        await RestartAsync(() =>
        {
            using FileStream file = File.OpenWrite(Folder["photos/m%"]);
            file.Position = part.Length;
            file.WriteByte(2);
        });
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/m")).Status);
    }

    [Fact]
    public async Task A_directory_in_the_way_loses_no_object()
    {
        Directory.CreateDirectory(Folder[Content]);
        RawResponse refused = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/a/x.jpg", "new"u8.ToArray());
        Assert.Equal(500, refused.Status);
        Assert.Contains("<Code>InternalError</Code>", refused.Text, StringComparison.Ordinal);
        await RestartAsync();
        Assert.Equal(Clean, Folder.Files());
        Directory.Delete(Folder[Content]);

        await PutAsync("old");
        File.Move(Folder[Content], Folder["aside"]);
        Directory.CreateDirectory(Folder[Content]);
        Assert.Equal(500, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/a/x.jpg", "new"u8.ToArray())).Status);
        Directory.Delete(Folder[Content]);
        File.Move(Folder["aside"], Folder[Content]);
        await AssertObjectAsync("old");
        await RestartAsync();
        await AssertObjectAsync("old");
    }

    [Fact]
    public async Task A_broken_configuration_of_a_bucket_is_named()
    {
        LocalCloudException e = await Assert.ThrowsAsync<LocalCloudException>(() => RestartAsync(() => File.WriteAllText(Folder[".s3/buckets/photos.json"], "{")));
        Assert.Contains("photos.json is not the configuration of a bucket", e.Message, StringComparison.Ordinal);
        File.Delete(Folder[".s3/buckets/photos.json"]);
        await RestartAsync();
    }

    private async Task PutAsync(string content) => Assert.Equal(
        200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/a/x.jpg", Encoding.UTF8.GetBytes(content), "Content-Type: text/old", "x-amz-meta-is: " + content)).Status);

    private void Stage(string name, string content)
    {
        Directory.CreateDirectory(Folder[".s3/staging"]);
        File.WriteAllText(Folder[".s3/staging/" + name], content);
    }

    /// <summary>Writes the metadata as a put of that content does.</summary>
    private void Describe(string content, string? generation)
    {
        JsonObject metadata = JsonNode.Parse(File.ReadAllText(Folder[Metadata]))!.AsObject();
        metadata["Size"] = content.Length;
        metadata["ETag"] = Md5(content);
        metadata["Headers"]!["x-amz-meta-is"] = content;
        metadata.Remove("Generation");
        if (generation is not null)
        {
            metadata["Generation"] = generation;
        }

        File.WriteAllText(Folder[Metadata], metadata.ToJsonString());
    }

    private async Task AssertObjectAsync(string content, params string[] others)
    {
        RawResponse got = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/a/x.jpg");
        Assert.Equal((200, content, $"\"{Md5(content)}\"", content), (got.Status, got.Text, got.Headers["ETag"], got.Headers["x-amz-meta-is"]));
        string[] expected = [.. Clean, Metadata, Content, .. others];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Folder.Files());
    }

    private static string Md5(string content) =>
        Convert.ToHexString(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(content))).ToLowerInvariant();
}
