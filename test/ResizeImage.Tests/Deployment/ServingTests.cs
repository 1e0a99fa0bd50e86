using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResizeImage.Tests.Deployment;

/// <summary>How template.yaml serves thumbnails over HTTP, and how it uses a bucket that exists.</summary>
public class ServingTests
{
    private const string Simulator = "@cloud-copilot/iam-simulate";

    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("None", new string[0])]
    [InlineData("FunctionUrl", new[] { "*" })]
    [InlineData("CloudFront", new[] { "cloudfront.amazonaws.com" })]
    public void A_function_URL_has_both_permissions_for_those_who_use_it(string serving, string[] principals)
    {
        JsonNode resources = ResolvedTemplate.Resources($"Serving={serving}");
        JsonNode[] permissions = [.. resources.AsObject().Where(resource => resource.Key.Contains("Url", StringComparison.Ordinal) && (string?)resource.Value!["Type"] == "AWS::Lambda::Permission").Select(resource => resource.Value!["Properties"]!)];
        Assert.Equal(
            principals.SelectMany(principal => new[] { ("lambda:InvokeFunction", principal), ("lambda:InvokeFunctionUrl", principal) }),
            permissions.Select(permission => ((string)permission["Action"]!, (string)permission["Principal"]!)).Order());
        Assert.All(permissions, permission => Assert.Equal("arn:aws:lambda:eu-central-1:123456789012:function:Function:live", (string?)permission["FunctionName"]));

        // Only the URL itself may be public: without this condition, anyone could invoke the function with an event of their own.
        Assert.All(
            permissions.Where(permission => (string?)permission["Action"] == "lambda:InvokeFunction"),
            permission => Assert.True((bool)permission["InvokedViaFunctionUrl"]!));
        Assert.Equal(serving == "None" ? null : serving == "FunctionUrl" ? "NONE" : "AWS_IAM", (string?)resources["Url"]?["Properties"]!["AuthType"]);
        Assert.Equal(serving == "None" ? null : "live", (string?)resources["Url"]?["Properties"]!["Qualifier"]);
    }

    [NodePackagesFact(ResolvedTemplate.Package)]
    public void CloudFront_asks_S3_first_and_the_function_for_what_is_not_stored()
    {
        JsonNode distribution = ResolvedTemplate.Resources("Serving=CloudFront")["Distribution"]!["Properties"]!["DistributionConfig"]!;
        JsonArray origins = distribution["Origins"]!.AsArray();
        Assert.Equal(
            [("stored", "photos.s3.eu-central-1.amazonaws.com", "/output"), ("function", "url.lambda-url.eu-central-1.on.aws", null)],
            origins.Select(origin => ((string)origin!["Id"]!, (string)origin["DomainName"]!, (string?)origin["OriginPath"])));
        JsonNode group = distribution["OriginGroups"]!["Items"]![0]!;
        Assert.Equal((string?)group["Id"], (string?)distribution["DefaultCacheBehavior"]!["TargetOriginId"]);
        Assert.Equal(["stored", "function"], group["Members"]!["Items"]!.AsArray().Select(member => (string)member!["OriginId"]!));
        Assert.Equal([403, 404], group["FailoverCriteria"]!["StatusCodes"]!["Items"]!.AsArray().Select(code => (int)code!));
    }

    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public void CloudFront_reads_thumbnails_and_neither_photos_nor_the_state_of_reconciliations()
    {
        JsonNode resources = ResolvedTemplate.Resources("Serving=CloudFront");
        IamRequest[] requests =
        [
            new("s3:GetObject", "arn:aws:s3:::photos/output/800x/a.jpg"),
            new("s3:GetObject", "arn:aws:s3:::photos/input/a.jpg"),
            new("s3:GetObject", "arn:aws:s3:::photos/output/.reconciliation/photos"),
            new("s3:GetObject", "arn:aws:s3:::photos/reports/a.jpg.json"),
            new("s3:PutObject", "arn:aws:s3:::photos/output/800x/a.jpg"),
            new("s3:ListBucket", "arn:aws:s3:::photos", "output/"),
        ];
        const string distribution = "arn:aws:cloudfront::123456789012:distribution/Distribution-id";
        Assert.Equal([true, false, false, false, false, false], ResolvedTemplate.SimulateService(ResolvedTemplate.PolicyOf(resources), "cloudfront.amazonaws.com", distribution, requests));
        Assert.DoesNotContain(true, ResolvedTemplate.SimulateService(ResolvedTemplate.PolicyOf(resources), "cloudfront.amazonaws.com", distribution + "x", requests));
        Assert.DoesNotContain(true, ResolvedTemplate.SimulateService(ResolvedTemplate.PolicyOf(ResolvedTemplate.Resources()), "cloudfront.amazonaws.com", distribution, requests));
    }

    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("/800x/a.jpg", "image/avif,image/webp,*/*", "/800x.webp/a.jpg")]
    [InlineData("/800x/a/b%20c.jpg", "image/webp", "/800x.webp/a/b%20c.jpg")]
    [InlineData("/800x/a.jpg", "image/*", "/800x/a.jpg")]
    [InlineData("/800x/a.jpg", null, "/800x/a.jpg")]
    [InlineData("/1600x/a.jpg", "image/webp", "/1600x.webp/a.jpg")] // made on request
    [InlineData("/200x200/a.jpg", "image/webp", "/200x200/a.jpg")] // has no WebP beside it
    [InlineData("/800x.webp/a.jpg", "image/webp", "/800x.webp/a.jpg")]
    [InlineData("/a.jpg", "image/webp", "/a.jpg")]
    [InlineData("/", "image/webp", "/")]
    public void The_browser_gets_WebP_where_it_accepts_it(string uri, string? accept, string requested)
    {
        string code = (string)ResolvedTemplate.Resources("Serving=CloudFront", "ThumbnailSize=200x200, 800x,800x.webp,1600x?,1600x.webp?")["WebpByAccept"]!["Properties"]!["FunctionCode"]!;
        string headers = accept is null ? "{}" : $$"""{ accept: { value: {{JsonSerializer.Serialize(accept)}} } }""";
        string script = $$"""{{code}}; console.log(handler({ request: { uri: {{JsonSerializer.Serialize(uri)}}, headers: {{headers}} } }).uri)""";
        Assert.Equal(requested, System.Text.Encoding.UTF8.GetString(ExternalProgram.Run("node", ["-e", script])).Trim());
    }

    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("Trigger=S3", "Serving=None", "arn:aws:lambda:eu-central-1:123456789012:function:Function:live")]
    [InlineData("Trigger=SQS", "Serving=FunctionUrl", "arn:aws:made-up:eu-central-1:123456789012:PhotoEvents")]
    [InlineData("Trigger=SQS", "Serving=CloudFront", "arn:aws:made-up:eu-central-1:123456789012:PhotoEvents arn:aws:cloudfront::123456789012:distribution/Distribution-id")]
    public void An_existing_bucket_is_left_to_a_command(string trigger, string serving, string arguments)
    {
        JsonNode template = ResolvedTemplate.Resolve("Bucket=Existing", trigger, serving);
        Assert.DoesNotContain(template["Resources"]!.AsObject(), resource => ((string)resource.Value!["Type"]!).StartsWith("AWS::S3::", StringComparison.Ordinal));
        Assert.Equal($"deploy/connect-bucket.sh photos {arguments}", (string?)template["Outputs"]!["Connect"]!["Value"]);
        Assert.True(File.Exists(Repository.Path("deploy", "connect-bucket.sh")));
        Assert.Null(ResolvedTemplate.Resolve(trigger, serving)["Outputs"]!["Connect"]);
    }

    /// <summary>The statements of the template's own bucket, as the script would add them.</summary>
    [NodePackagesFact(ResolvedTemplate.Package)]
    public void The_command_permits_what_the_template_permits()
    {
        string script = File.ReadAllText(Repository.Path("deploy", "connect-bucket.sh"));
        JsonArray statements = ResolvedTemplate.Resources("Serving=CloudFront")["PhotosPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();
        Assert.Equal(3, statements.Count);
        Assert.All(statements.Skip(1), statement =>
        {
            Assert.Contains($"Sid: \"{(string)statement!["Sid"]!}\",", script, StringComparison.Ordinal);
            Assert.Contains($"Effect: \"{(string)statement["Effect"]!}\",", script, StringComparison.Ordinal);
        });
        Assert.All(
            ResolvedTemplate.Resources()["Photos"]!["Properties"]!["NotificationConfiguration"]!["LambdaConfigurations"]!.AsArray(),
            notification => Assert.Contains($"\"{(string)notification!["Event"]!}\"", script, StringComparison.Ordinal));
    }
}
