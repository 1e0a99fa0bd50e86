using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>With s3cmd, which lists by version 1.</summary>
public sealed class S3CmdTests : S3Fixture
{
    [ToolFact("s3cmd")]
    public async Task Put_ls_get_cp_del()
    {
        byte[] bytes = RandomBytes(16 << 20);
        await File.WriteAllBytesAsync(Folder["a.bin"], bytes);
        S3Cmd("mb", "s3://second");
        S3Cmd("put", "--multipart-chunk-size-mb=5", Folder["a.bin"], "s3://second/input/ä b.bin");
        Assert.Matches($"^.* {bytes.Length} +s3://second/input/ä b.bin\n$", S3Cmd("ls", "s3://second/input/"));
        Assert.Matches("^ +DIR +s3://second/input/\n$", S3Cmd("ls", "s3://second"));
        S3Cmd("get", "s3://second/input/ä b.bin", Folder["down.bin"]);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder["down.bin"]));
        S3Cmd("put", "--no-preserve", Folder["down.bin"], "--disable-multipart", "s3://second/plain.bin");
        S3Cmd("cp", "s3://second/plain.bin", "s3://photos/copy.bin");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder["photos/copy.bin"]));
        S3Cmd("del", "--recursive", "--force", "s3://second");
        S3Cmd("rb", "s3://second");
        Assert.DoesNotContain("second", S3Cmd("ls"), StringComparison.Ordinal);
    }

    private string S3Cmd(params string[] arguments) => Support.S3Cmd.Run(Server.Endpoint, arguments);
}
