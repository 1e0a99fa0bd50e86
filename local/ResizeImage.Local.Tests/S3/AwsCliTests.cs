using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Events;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>With the AWS CLI.</summary>
public sealed class AwsCliTests : S3Fixture
{
    private const int Big = 20 << 20;

    [ToolFact("aws")]
    public async Task Cp_of_20_MB_uploads_in_parts_and_downloads_the_same()
    {
        byte[] bytes = RandomBytes(Big);
        await File.WriteAllBytesAsync(Folder["big.bin"], bytes);
        using ObjectEventSubscription events = Server.ObjectEvents.Subscribe();
        Aws("s3", "cp", Folder["big.bin"], "s3://photos/input/big one.bin");
        Assert.Equal("ObjectCreated:CompleteMultipartUpload", (await events.NextAsync()).Name);
        string head = Aws("s3api", "head-object", "--bucket", Bucket, "--key", "input/big one.bin", "--query", "[ContentLength, ETag]", "--output", "text");
        Assert.Matches("^20971520\t\"[0-9a-f]{32}-3\"$", head.Trim());
        Aws("s3", "cp", "s3://photos/input/big one.bin", Folder["down.bin"]);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder["down.bin"]));

        // Copied on the server, by parts too.
        Aws("s3", "cp", "s3://photos/input/big one.bin", "s3://photos/copy.bin");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder["photos/copy.bin"]));
    }

    [ToolFact("aws")]
    public async Task Mb_sync_ls_rm_rb()
    {
        Directory.CreateDirectory(Folder["site/sub"]);
        await File.WriteAllTextAsync(Folder["site/a.txt"], "a");
        await File.WriteAllTextAsync(Folder["site/sub/b c.txt"], "bb");
        foreach (string file in new[] { "site/a.txt", "site/sub/b c.txt" })
        {
            // Before the second in which it is uploaded: S3 keeps whole seconds, and sync takes what is newer.
            File.SetLastWriteTimeUtc(Folder[file], DateTime.UtcNow.AddMinutes(-1));
        }

        Aws("s3", "mb", "s3://second");
        Aws("s3", "sync", Folder["site"], "s3://second/site");
        Assert.DoesNotContain("upload", Aws("s3", "sync", Folder["site"], "s3://second/site"), StringComparison.Ordinal);
        Assert.Matches("(?m)^.* 1 site/a.txt\n.* 2 site/sub/b c.txt\n$", Aws("s3", "ls", "--recursive", "s3://second/"));
        Assert.Matches("^ +PRE sub/\n.* a.txt\n$", Aws("s3", "ls", "s3://second/site/"));
        Assert.Contains("second", Aws("s3", "ls"), StringComparison.Ordinal);
        Assert.Equal("text/plain", Aws("s3api", "head-object", "--bucket", "second", "--key", "site/a.txt", "--query", "ContentType", "--output", "text").Trim());
        Aws("s3", "rm", "--recursive", "s3://second/");
        Aws("s3", "rb", "s3://second");
        Assert.False(Directory.Exists(Folder["second"]));
    }

    private string Aws(params string[] arguments) => AwsCli.Run(Server.Endpoint, arguments);
}
