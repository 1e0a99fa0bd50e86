using System.Xml.Linq;
using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.S3;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>The files on disk after truncated uploads, after restarts, and under concurrent writers.</summary>
public sealed class StorageTests : S3Fixture
{
    [Fact]
    public async Task A_truncated_upload_leaves_the_old_object()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", "old"u8.ToArray());
        string[] before = Folder.Files();
        await RawHttp.SendBrokenAsync(Server.Endpoint, "PUT /photos/x.jpg", RandomBytes(300_000), "Content-Length: 1000000");
        await RawHttp.SendBrokenAsync(
            Server.Endpoint, "PUT /photos/y.jpg", "100\r\nabc"u8.ToArray(), "Content-Length: 1000000", "x-amz-decoded-content-length: 256", "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        InitiateMultipartUploadResponse upload = await S3.InitiateMultipartUploadAsync(Bucket, "z.jpg");
        await RawHttp.SendBrokenAsync(Server.Endpoint, $"PUT /photos/z.jpg?partNumber=1&uploadId={upload.UploadId}", RandomBytes(1000), "Content-Length: 1000000");
        await S3.AbortMultipartUploadAsync(Bucket, "z.jpg", upload.UploadId);
        await Eventually.TrueAsync(() => Folder.Files().SequenceEqual(before), "something was left behind");
        Assert.Equal("old", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.jpg")).Text);
    }

    [Fact]
    public async Task A_restart_keeps_objects_and_forgets_uploads()
    {
        PutObjectRequest put = new() { BucketName = Bucket, Key = "a/b.jpg", ContentBody = "x", ContentType = "image/jpeg" };
        put.Metadata["k"] = "v";
        PutObjectResponse stored = await S3.PutObjectAsync(put);
        InitiateMultipartUploadResponse upload = await S3.InitiateMultipartUploadAsync(Bucket, "z.jpg");
        await S3.UploadPartAsync(new UploadPartRequest { BucketName = Bucket, Key = "z.jpg", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream(RandomBytes(100)) });
        await RestartAsync();

        GetObjectMetadataResponse head = await S3.GetObjectMetadataAsync(Bucket, "a/b.jpg");
        Assert.Equal((stored.ETag, "image/jpeg", "v"), (head.ETag, head.Headers.ContentType, head.Metadata["k"]));
        await Assert.ThrowsAsync<NoSuchUploadException>(() => S3.AbortMultipartUploadAsync(Bucket, "z.jpg", upload.UploadId));
        Assert.Equal([".s3/in-use", ".s3/metadata/photos/a/b.jpg.json", ".s3/owner", "photos/a/b.jpg"], Folder.Files());
    }

    [Fact]
    public async Task A_file_deleted_by_hand_is_not_an_object()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.jpg", "x"u8.ToArray());
        File.Delete(Folder["photos/x.jpg"]);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.jpg")).Status);
        await RestartAsync();
        Assert.DoesNotContain("x.jpg", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_see_one_complete_version_while_writers_replace_it()
    {
        byte[][] versions = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)('a' + i), 200_000 + i).ToArray())];
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", versions[0]);
        using CancellationTokenSource stop = new();
        Task[] writers = versions.Select(version => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", version)).Status);
            }
        })).ToArray();
        for (int i = 0; i < 200; i++)
        {
            RawResponse got = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x");
            byte[] version = versions[got.Body[0] - 'a'];
            Assert.Equal(version, got.Body);
            Assert.Equal(Convert.ToHexString(System.Security.Cryptography.MD5.HashData(version)), got.Headers["ETag"].Trim('"').ToUpperInvariant());
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Two_servers_cannot_share_a_folder()
    {
        LocalCloudException e = await Assert.ThrowsAsync<LocalCloudException>(() => S3Server.StartAsync(new S3ServerOptions { Folder = Folder.Path }));
        Assert.Contains($"Process {Environment.ProcessId} uses the folder {Folder.Path}", e.Message, StringComparison.Ordinal);
        Assert.Contains("--data", e.Message, StringComparison.Ordinal);
    }

    [PythonFact]
    public async Task A_killed_server_releases_its_folder_and_its_leftovers_are_removed()
    {
        using TemporaryFolder folder = new();
        await using LocalProgram killed = await LocalProgram.ServeAsync(PythonFunction.Write(folder), folder);
        S3ServerOptions options = new() { Folder = folder["data"] };
        LocalCloudException e = await Assert.ThrowsAsync<LocalCloudException>(() => S3Server.StartAsync(options));
        Assert.Contains($"Process {killed.ProcessId} uses", e.Message, StringComparison.Ordinal);

        await RawHttp.SendAsync(killed.Endpoint, "PUT /photos/x.txt", "x"u8.ToArray());
        XDocument upload = XDocument.Parse((await RawHttp.SendAsync(killed.Endpoint, "POST /photos/y.txt?uploads", [])).Text);
        string id = upload.Root!.Elements().Single(element => element.Name.LocalName == "UploadId").Value;
        await RawHttp.SendAsync(killed.Endpoint, $"PUT /photos/y.txt?uploadId={id}&partNumber=1", RandomBytes(100));
        Assert.Single(Directory.GetFiles(folder["data/.s3/staging"]));
        await killed.EndAsync("KILL");

        await using S3Server next = await S3Server.StartAsync(options);
        Assert.Empty(Directory.GetFiles(folder["data/.s3/staging"]));
        Assert.Equal("x", (await RawHttp.SendAsync(next.Endpoint, "GET /photos/x.txt")).Text);
    }

    [Fact]
    public async Task A_port_in_use_is_reported()
    {
        using TemporaryFolder other = new();
        LocalCloudException e = await Assert.ThrowsAsync<LocalCloudException>(() => S3Server.StartAsync(new S3ServerOptions { Folder = other.Path, Port = Server.Endpoint.Port }));
        Assert.Contains($"Port {Server.Endpoint.Port}", e.Message, StringComparison.Ordinal);
        Assert.Contains("--port 0", e.Message, StringComparison.Ordinal);
    }
}
