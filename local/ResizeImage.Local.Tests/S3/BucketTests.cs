using System.Text;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Making, listing and naming buckets.</summary>
public sealed class BucketTests : S3Fixture
{
    [PythonFact("boto3")]
    public async Task A_bucket_keeps_its_location()
    {
        BotoScript.Run(Server.Endpoint, """
            s3.create_bucket(Bucket="there", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            s3.create_bucket(Bucket="old-europe", CreateBucketConfiguration={"LocationConstraint": "EU"})
            s3.create_bucket(Bucket="here")
            assert s3.get_bucket_location(Bucket="there")["LocationConstraint"] == "eu-west-1"
            assert s3.get_bucket_location(Bucket="here")["LocationConstraint"] is None
            region = lambda bucket: s3.head_bucket(Bucket=bucket)["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"]
            assert (region("there"), region("old-europe"), region("here")) == ("eu-west-1", "eu-west-1", "us-east-1")
            s3.create_bucket(Bucket="here")
            assert code(s3.create_bucket, Bucket="here", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}) == "BucketAlreadyOwnedByYou"
            assert code(s3.create_bucket, Bucket="there", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}) == "BucketAlreadyOwnedByYou"
            assert code(s3.create_bucket, Bucket="nowhere", CreateBucketConfiguration={"LocationConstraint": "the moon"}) == "InvalidLocationConstraint"
            assert code(s3.head_bucket, Bucket="nowhere") == "404"
            """);
        await RestartAsync();
        Assert.Contains(">eu-west-1</LocationConstraint>", (await RawHttp.SendAsync(Server.Endpoint, "GET /there?location")).Text, StringComparison.Ordinal);
        await RawHttp.SendAsync(Server.Endpoint, "DELETE /there");
        Assert.DoesNotContain(".s3/buckets/there.json", Folder.Files());
    }

    [Fact]
    public async Task A_list_of_buckets_has_pages()
    {
        foreach (string name in new[] { "a-1", "a-2", "a-3", "b-1" })
        {
            await RawHttp.SendAsync(Server.Endpoint, "PUT /" + name, []);
        }

        List<string> names = new();
        string token = "";
        do
        {
            string page = (await RawHttp.SendAsync(Server.Endpoint, $"GET /?max-buckets=2&prefix=a-&continuation-token={Uri.EscapeDataString(token)}")).Text;
            names.AddRange(Between(page, "Name"));
            token = Between(page, "ContinuationToken").SingleOrDefault() ?? "";
        }
        while (token.Length > 0);
        Assert.Equal(["a-1", "a-2", "a-3"], names);
        Assert.Contains("<Code>InvalidArgument</Code>", (await RawHttp.SendAsync(Server.Endpoint, "GET /?max-buckets=0")).Text, StringComparison.Ordinal);
        Assert.Equal(5, Between((await RawHttp.SendAsync(Server.Endpoint, "GET /")).Text, "Name").Count());
        Assert.Empty(Between((await RawHttp.SendAsync(Server.Endpoint, "GET /?bucket-region=eu-west-1")).Text, "Name"));
    }

    [Theory]
    [InlineData("192.168.5.123", false)]
    [InlineData("999.1.1.1", false)]
    [InlineData("xn--abc", false)]
    [InlineData("sthree-abc", false)]
    [InlineData("amzn-s3-demo-abc", false)]
    [InlineData("abc-s3alias", false)]
    [InlineData("abc--ol-s3", false)]
    [InlineData("abc.mrap", false)]
    [InlineData("abc--x-s3", false)]
    [InlineData("ab", false)]
    [InlineData("Abc", false)]
    [InlineData("a..b", false)]
    [InlineData("-abc", false)]
    [InlineData("1.2.3", true)]
    [InlineData("192.168.5.123.example", true)]
    [InlineData("my.photos-2026", true)]
    public async Task Bucket_names_follow_the_rules_of_S3(string name, bool allowed)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /" + name, []);
        Assert.Equal(allowed ? 200 : 400, answer.Status);
        Assert.Equal(!allowed, answer.Text.Contains("<Code>InvalidBucketName</Code>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x-amz-acl: public-read", null, "NotImplemented")]
    [InlineData("x-amz-acl: bogus", null, "InvalidArgument")]
    [InlineData("x-amz-grant-read: id=1", null, "NotImplemented")]
    [InlineData("x-amz-grant-write: id=1", null, "NotImplemented")]
    [InlineData("x-amz-bucket-object-lock-enabled: true", null, "NotImplemented")]
    [InlineData("x-amz-object-ownership: ObjectWriter", null, "NotImplemented")]
    [InlineData("x-amz-object-ownership: bogus", null, "InvalidArgument")]
    [InlineData(null, "<Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags>", "NotImplemented")]
    [InlineData(null, "<Bucket><Type>Directory</Type></Bucket>", "NotImplemented")]
    [InlineData(null, "<Location>", "MalformedXML")]
    public async Task Unsupported_bucket_features_are_refused(string? header, string? body, string code)
    {
        byte[] xml = body is null ? [] : Encoding.UTF8.GetBytes($"<CreateBucketConfiguration>{body}</CreateBucketConfiguration>");
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /new-bucket", xml, header is null ? [] : [header]);
        Assert.Contains($"<Code>{code}</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /new-bucket")).Status);
    }

    [Theory]
    [InlineData("x-amz-acl: private")]
    [InlineData("x-amz-object-ownership: BucketOwnerEnforced")]
    [InlineData("x-amz-bucket-object-lock-enabled: false")]
    public async Task Bucket_defaults_are_accepted(string header) =>
        Assert.Equal(200, (await RawHttp.SendAsync(Server.Endpoint, "PUT /new-bucket", [], header)).Status);

    [PythonFact("boto3")]
    public void Other_services_answer_in_their_own_form() => BotoScript.Run(Server.Endpoint, """
        for service in "sts", "iam":
            other = boto3.client(service, endpoint_url=sys.argv[1], aws_access_key_id="local", aws_secret_access_key="local", region_name="us-east-1",
                                 config=Config(proxies={}, retries={"max_attempts": 0}))
            assert code(other.get_caller_identity if service == "sts" else other.list_users) == "NotImplemented", service
        """);

    private static IEnumerable<string> Between(string xml, string element) =>
        xml.Split($"<{element}>").Skip(1).Select(part => part.Split($"</{element}>")[0]);
}
