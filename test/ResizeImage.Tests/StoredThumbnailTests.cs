using Amazon.S3.Model;
using ResizeImage.Configuration;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>What S3 stores and returns with a thumbnail, for whoever shows it.</summary>
public class StoredThumbnailTests
{
    private const string Photo = "input/a.jpg";
    private const string Thumbnail = "output/a.jpg";

    [Theory, OnLocalS3, OnS3rver]
    public async Task Thumbnails_have_the_default_Cache_Control(string server) =>
        Assert.Equal(SettingVariables.DefaultCacheControl, (await StoredAsync(server)).Headers.CacheControl);

    [Theory]
    [InlineData("CACHE_CONTROL=public, max-age=31536000, immutable", "public, max-age=31536000, immutable")]
    [InlineData("CACHE_CONTROL=", null)]
    public async Task Thumbnails_have_the_Cache_Control_that_is_set(string pair, string? header) =>
        Assert.Equal(header, (await StoredAsync(nameof(Local.S3.S3Server), pair)).Headers.CacheControl);

    [Fact]
    public async Task Reports_have_no_Cache_Control()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = new(endpoint.Url, "REPORT_PREFIX=reports/");
        await run.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(run.S3, Photo, [1, 2, 3]);
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo))).Status);
        Assert.Null((await run.S3.GetObjectMetadataAsync(PhotoBucket.Name, "reports/a.jpg.json")).Headers.CacheControl);
    }

    [Theory, OnLocalS3, OnS3rver]
    public async Task Metadata_have_the_dimensions_of_thumbnail_and_photo(string server)
    {
        MetadataCollection metadata = (await StoredAsync(server, "THUMBNAIL_SIZE=30x")).Metadata;
        Assert.Equal(("30", "20", "48", "32"), (metadata["width"], metadata["height"], metadata["source-width"], metadata["source-height"]));
        Assert.Matches("^#[0-9A-F]{6}$", metadata["color"]);
        Assert.InRange(Convert.FromBase64String(metadata["thumbhash"]).Length, 5, 25);
    }

    /// <summary>Thumbnails of earlier versions have no dimensions, and are not made again for them.</summary>
    [Fact]
    public async Task A_thumbnail_without_dimensions_is_up_to_date()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = new(endpoint.Url);
        await run.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo));
        MetadataCollection all = (await run.S3.GetObjectMetadataAsync(PhotoBucket.Name, Thumbnail)).Metadata;
        CopyObjectRequest copy = new()
        {
            SourceBucket = PhotoBucket.Name,
            SourceKey = Thumbnail,
            DestinationBucket = PhotoBucket.Name,
            DestinationKey = Thumbnail,
            MetadataDirective = Amazon.S3.S3MetadataDirective.REPLACE,
        };
        foreach (string name in (string[])["source-etag", "source-id", "thumbnail-settings"])
        {
            copy.Metadata[name] = all[name];
        }

        await run.S3.CopyObjectAsync(copy);
        Assert.Null((await run.S3.GetObjectMetadataAsync(PhotoBucket.Name, Thumbnail)).Metadata["width"]);
        Assert.Equal(RecordStatus.Skipped, (await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo, "ObjectRemoved:Delete"))).Status);
    }

    [Fact]
    public async Task Only_thumbnails_get_the_tags_and_the_ACL()
    {
        await using ScriptedServer server = new(request => request.Method == "GET"
            ? ScriptedAnswer.S3Object(request.Target.Contains("good", StringComparison.Ordinal) ? Pictures.Jpeg48x32 : [1, 2, 3])
            : ScriptedAnswer.Stored);
        using FunctionRun run = new(
            $"http://{server.Address}", "OUTPUT_TAGGING=kind=thumbnail&a+b=%C3%A9%2B=", "OUTPUT_ACL=public-read", "REPORT_PREFIX=reports/", "DELETE_THUMBNAILS=false");
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, "input/good.jpg"))).Status);
        Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, "input/bad.jpg"))).Status);

        ScriptedRequest[] puts = [.. server.Requests.Where(request => request.Method == "PUT")];
        Assert.Equal(2, puts.Length);
        System.Collections.Specialized.NameValueCollection tags = System.Web.HttpUtility.ParseQueryString(puts[0]["x-amz-tagging"]!);
        Assert.Equal((2, "thumbnail", "é+="), (tags.Count, tags["kind"], tags["a b"]));
        Assert.Equal("public-read", puts[0]["x-amz-acl"]);
        Assert.Equal((null, null), (puts[1]["x-amz-tagging"], puts[1]["x-amz-acl"]));
    }

    [Fact]
    public async Task The_local_S3_stores_the_tags_and_the_ACL()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = new(endpoint.Url, "OUTPUT_TAGGING=kind=thumbnail&a+b=%C3%A9%2B=", "OUTPUT_ACL=public-read");
        await run.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo))).Status);
        GetObjectTaggingResponse tagging = await run.S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = PhotoBucket.Name, Key = Thumbnail });
        Assert.Equal([("kind", "thumbnail"), ("a b", "é+=")], tagging.Tagging.Select(tag => (tag.Key, tag.Value)));
        GetObjectAclResponse acl = await run.S3.GetObjectAclAsync(new GetObjectAclRequest { BucketName = PhotoBucket.Name, Key = Thumbnail });
        Assert.Equal("READ", Assert.Single(acl.Grants, grant => grant.Grantee.URI is not null).Permission.Value);
    }

    [Fact]
    public async Task Without_settings_no_request_has_tags_or_an_ACL()
    {
        await using ScriptedServer server = new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}");
        await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo));
        Assert.All(server.Requests, request => Assert.Equal((null, null), (request["x-amz-tagging"], request["x-amz-acl"])));
    }

    [Theory]
    [InlineData(403, "AccessDenied", "The function's role needs s3:PutObject, s3:PutObjectTagging, s3:PutObjectAcl on it")]
    [InlineData(400, "AccessControlListNotSupported", "its bucket has no ACLs (Object Ownership is BucketOwnerEnforced). Remove OUTPUT_ACL")]
    public async Task A_refused_tag_or_ACL_is_explained(int status, string code, string reason)
    {
        await using ScriptedServer server = new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.S3Error(status, code));
        using FunctionRun run = new($"http://{server.Address}", "OUTPUT_TAGGING=kind=thumbnail", "OUTPUT_ACL=public-read");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo));
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_CACHE_CONTROL_is_refused() => Assert.Contains(
        "printable ASCII", Assert.Throws<SettingsException>(() => Read("CACHE_CONTROL", "max-age=1\r\nx-amz-acl: public-read")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("=thumbnail", "different keys of 1 to 128")]
    [InlineData("a=1&", "different keys of 1 to 128")]
    [InlineData("a=1&a=2", "different keys of 1 to 128")]
    [InlineData("AWS:a=1", "do not begin with aws:")]
    [InlineData("a=100%", "letters, digits, spaces")]
    [InlineData("a=1,b=2", "letters, digits, spaces")]
    [InlineData("a=b%26c", "letters, digits, spaces")]
    [InlineData("1&2&3&4&5&6&7&8&9&10&11", "up to 10")]
    public void Tags_that_S3_would_refuse_are_refused_at_start(string tags, string accepts)
    {
        string message = Assert.Throws<SettingsException>(() => Read("OUTPUT_TAGGING", tags)).Message;
        Assert.StartsWith($"The environment variable OUTPUT_TAGGING is \"{tags}\"; it accepts ", message, StringComparison.Ordinal);
        Assert.Contains(accepts, message, StringComparison.Ordinal);
    }

    private static Settings Read(string variable, string value) => Settings.Read(name => name == variable ? value : null);

    private static async Task<GetObjectMetadataResponse> StoredAsync(string server, params string[] environment)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = new(endpoint.Url, environment);
        await run.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, Photo))).Status);
        return await run.S3.GetObjectMetadataAsync(PhotoBucket.Name, Thumbnail);
    }
}
