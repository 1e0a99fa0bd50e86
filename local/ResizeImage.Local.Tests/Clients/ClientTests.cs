using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Clients;

/// <summary>
/// The local cloud as ./run.sh starts it, with the real function: real S3 clients upload photos and fetch the thumbnails by presigned
/// URLs.
/// </summary>
public sealed class ClientTests : IDisposable
{
    /// <summary>Bytes after the end of a photo, so that clients upload it in parts.</summary>
    private const int Padding = 6 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("aws", "python3")]
    public async Task The_AWS_CLI()
    {
        await using LocalProgram cloud = await ServeAsync();
        string Aws(params string[] arguments) => AwsCli.Run(cloud.Endpoint, arguments);
        Aws("s3", "cp", Photo("a b+ü.jpg"), "s3://photos/input/");
        await ThumbnailAsync(cloud, "a b+ü.jpg");
        Photo("site/one.jpg");
        Photo("site/deep/two.jpg");
        Aws("s3", "sync", _folder["site"], "s3://photos/input/site");
        await ThumbnailAsync(cloud, "site/one.jpg");
        await ThumbnailAsync(cloud, "site/deep/two.jpg");
        Assert.Contains("output/site/deep/two.jpg", Aws("s3", "ls", "--recursive", "s3://photos/output/"), StringComparison.Ordinal);
        Aws("s3", "cp", Photo("large.jpg", Padding * 2), "s3://photos/input/large.jpg");
        await ThumbnailAsync(cloud, "large.jpg");

        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        AssertJpeg(await http.GetByteArrayAsync(new Uri(Aws("s3", "presign", "s3://photos/output/a b+ü.jpg").Trim())));
    }

    [PythonFact("boto3")]
    public async Task Boto3()
    {
        await using LocalProgram cloud = await ServeAsync();
        Photo("small.jpg");
        BotoScript.Run(cloud.Endpoint, $"photo = open({Python(_folder["small.jpg"])}, 'rb').read()\nlarge = {Python(Photo("large.jpg", Padding))}\n" + """
            from boto3.s3.transfer import TransferConfig
            s3.upload_file(large, "photos", "input/parts.jpg", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
            assert s3.head_object(Bucket="photos", Key="input/parts.jpg")["ETag"].endswith('-2"')
            url = s3.generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": "input/presigned.jpg"})
            assert http("PUT", url, photo, Content_Type="").status == 200
            post = s3.generate_presigned_post("photos", "input/${filename}", Conditions=[["content-length-range", 1, 1 << 20]])
            fields = "".join('--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % field for field in post["fields"].items())
            body = (fields + '--b\r\nContent-Disposition: form-data; name="file"; filename="posted.jpg"\r\n\r\n').encode() + photo + b"\r\n--b--\r\n"
            assert http("POST", post["url"], body, Content_Type="multipart/form-data; boundary=b").status == 204
            """);
        foreach (string key in new[] { "parts.jpg", "presigned.jpg", "posted.jpg" })
        {
            await ThumbnailAsync(cloud, key);
        }
    }

    [ToolFact("s3cmd", "python3")]
    public async Task S3cmd()
    {
        await using LocalProgram cloud = await ServeAsync();
        S3Cmd.Run(cloud.Endpoint, "put", Photo("a b.jpg"), "s3://photos/input/a b.jpg");
        S3Cmd.Run(cloud.Endpoint, "put", "--multipart-chunk-size-mb=5", Photo("large.jpg", Padding), "s3://photos/input/large.jpg");
        await ThumbnailAsync(cloud, "large.jpg");
        await ThumbnailAsync(cloud, "a b.jpg");
        S3Cmd.Run(cloud.Endpoint, "get", "s3://photos/output/a b.jpg", _folder["thumbnail.jpg"]);
        AssertJpeg(await File.ReadAllBytesAsync(_folder["thumbnail.jpg"]));
    }

    [PythonFact]
    public async Task The_AWS_SDK_for_NET()
    {
        await using LocalProgram cloud = await ServeAsync();
        using AmazonS3Client s3 = new(
            new BasicAWSCredentials("local", "local"), new AmazonS3Config { ServiceURL = cloud.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        using TransferUtility transfer = new(s3);
        await transfer.UploadAsync(Photo("small.jpg"), "photos", "input/small.jpg");
        await transfer.UploadAsync(new TransferUtilityUploadRequest { FilePath = Photo("large.jpg", Padding * 3), BucketName = "photos", Key = "input/large.jpg", PartSize = 5 << 20 });
        await ThumbnailAsync(cloud, "small.jpg");
        await ThumbnailAsync(cloud, "large.jpg");
    }

    [JavaScriptSdkFact]
    public async Task The_AWS_SDK_for_JavaScript()
    {
        await using LocalProgram cloud = await ServeAsync();
        ExternalProgram.Run("env", ["NODE_PATH=" + JavaScriptSdkFactAttribute.Modules, "node", "-e", """
            const { S3Client, PutObjectCommand, ListObjectsV2Command } = require("@aws-sdk/client-s3");
            const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");
            const { createPresignedPost } = require("@aws-sdk/s3-presigned-post");
            const [endpoint, file] = process.argv.slice(1);
            const photo = require("fs").readFileSync(file);
            const s3 = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: { accessKeyId: "local", secretAccessKey: "local" } });
            const check = async (answer, status) => { if (answer.status !== status) throw new Error(answer.status + await answer.text()); };

            (async () => {
              await s3.send(new PutObjectCommand({ Bucket: "photos", Key: "input/put.jpg", Body: photo, ContentType: "image/jpeg" }));
              const command = new PutObjectCommand({ Bucket: "photos", Key: "input/signed ü.jpg", Metadata: { who: "me" } });
              await check(await fetch(await getSignedUrl(s3, command, { expiresIn: 600 }), { method: "PUT", body: photo }), 200);
              const post = await createPresignedPost(s3, { Bucket: "photos", Key: "input/posted.jpg", Conditions: [["content-length-range", 1, 1 << 20]] });
              const form = new FormData();
              for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
              form.append("file", new Blob([photo], { type: "image/jpeg" }), "posted.jpg");
              await check(await fetch(post.url, { method: "POST", body: form }), 204);
              const listed = await s3.send(new ListObjectsV2Command({ Bucket: "photos", Prefix: "input/" }));
              if (listed.KeyCount !== 3) throw new Error(JSON.stringify(listed));
            })().catch(e => { console.error(e); process.exit(1); });
            """, cloud.Endpoint.ToString(), Photo("small.jpg")]);
        foreach (string key in new[] { "put.jpg", "signed ü.jpg", "posted.jpg" })
        {
            await ThumbnailAsync(cloud, key);
        }
    }

    private Task<LocalProgram> ServeAsync() => LocalProgram.ServeAsync(FunctionFile.Path, _folder);

    /// <summary>Writes a photo.</summary>
    private string Photo(string name, int padding = 0)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], [.. Pictures.Jpeg48x32, .. new byte[padding]]);
        return _folder[name];
    }

    private async Task ThumbnailAsync(LocalProgram cloud, string key)
    {
        await cloud.LineAsync($"s3://photos/input/{key} ", "->", "200x200");
        AssertJpeg(await File.ReadAllBytesAsync(_folder["data/photos/output/" + key]));
    }

    private static void AssertJpeg(byte[] bytes) => Assert.Equal((0xFF, 0xD8, 0xFF), (bytes[0], bytes[1], bytes[2]));

    private static string Python(string text) => "'" + text + "'";
}

/// <summary>Needs the AWS SDK for JavaScript, version 3, from npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JavaScriptSdkFactAttribute : RequirementFactAttribute
{
    public static readonly string Modules = Repository.Path("artifacts", "tools", "node_modules");

    private static readonly string[] Packages = ["client-s3", "s3-request-presigner", "s3-presigned-post"];

    public JavaScriptSdkFactAttribute() => RequirePrograms(
        ["python3", "node", .. Packages.Select(package => Path.Join(Modules, "@aws-sdk", package, "package.json"))]);
}
