// An app to begin with, and what CI compares with template.yaml:
//   cdk deploy --app "dotnet run --project deploy/cdk/App" --context zip=artifacts/function.zip
using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using ResizeImage.Cdk;

App app = new();
string? Given(string name) => app.Node.TryGetContext(name) as string;
Stack stack = new(app, "Thumbnails");
Bucket photos = new(stack, "Photos", new BucketProps
{
    BucketName = Given("bucket"), // CloudFormation names it if this is null.
    BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
    EnforceSSL = true,
    Encryption = BucketEncryption.S3_MANAGED,
    ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
    LifecycleRules =
    [
        new LifecycleRule { Id = "AbandonedUploads", AbortIncompleteMultipartUploadAfter = Duration.Days(7) },
        new LifecycleRule { Id = "Reports", Prefix = "reports/", Expiration = Duration.Days(90) },
    ],
    RemovalPolicy = RemovalPolicy.RETAIN,
});
Thumbnails thumbnails = new(stack, "Thumbnails", new ThumbnailsProps
{
    Bucket = photos,
    ZipFile = Given("zip") ?? "artifacts/function.zip",
    Trigger = Given("trigger") == "SQS" ? ThumbnailTrigger.Sqs : ThumbnailTrigger.S3,
    ReconcileSchedule = Given("schedule"),
    Serving = Enum.Parse<ThumbnailServing>(Given("serving") ?? "None"),
    CorsOrigin = Given("cors"),
});
_ = new CfnOutput(stack, "Bucket", new CfnOutputProps { Value = photos.BucketName });
_ = new CfnOutput(stack, "Function", new CfnOutputProps { Value = thumbnails.Function.FunctionName });
if (thumbnails.Url is { } url)
{
    _ = new CfnOutput(stack, "ThumbnailUrl", new CfnOutputProps { Value = url });
}

app.Synth();
