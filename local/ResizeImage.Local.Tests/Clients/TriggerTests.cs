using System.Net;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Clients;

/// <summary>The function's trigger is the bucket's notification configuration, and can be changed as on AWS.</summary>
public sealed class TriggerTests : IDisposable
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:ResizeImage";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("aws", "jq", "bash")]
    public async Task The_trigger_is_merged_into_the_existing_notifications()
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder);
        string endpoint = program.Endpoint.ToString();
        Assert.Contains(Function, AwsCli.Run(program.Endpoint, "s3api", "get-bucket-notification-configuration", "--bucket", "photos"), StringComparison.Ordinal);

        AwsCli.Run(program.Endpoint, "s3", "mb", "s3://mine");
        const string Queue = """{"QueueConfigurations":[{"Id":"other","QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"orders/"}]}}}]}""";
        AwsCli.Run(program.Endpoint, "s3api", "put-bucket-notification-configuration", "--bucket", "mine", "--notification-configuration", Queue);
        await PutAsync(program, "mine", "input/early.jpg");

        // Twice: the second time replaces its own.
        AddTriggerTo(program, "mine");
        AddTriggerTo(program, "mine");
        string configuration = AwsCli.Run(program.Endpoint, "s3api", "get-bucket-notification-configuration", "--bucket", "mine");
        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:q", configuration, StringComparison.Ordinal);
        Assert.Equal(2, configuration.Split(Function).Length);

        await PutAsync(program, "mine", "orders/no.jpg");
        await PutAsync(program, "mine", "input/yes.jpg");
        await program.LineAsync("s3://mine/input/yes.jpg", "->", "s3://mine/output/yes.jpg");
        Assert.DoesNotContain(program.Lines, line => line.Contains("s3://mine/input/early.jpg", StringComparison.Ordinal) || line.Contains("s3://mine/orders/", StringComparison.Ordinal));

        // A bucket without notifications, for which the AWS CLI prints nothing.
        AwsCli.Run(program.Endpoint, "s3", "mb", "s3://empty");
        AddTriggerTo(program, "empty");
        await PutAsync(program, "empty", "input/first.jpg");
        await program.LineAsync("s3://empty/input/first.jpg", "->");
    }

    [ToolFact("aws")]
    public async Task A_configuration_survives_a_restart()
    {
        string function = PythonFunction.Write(_folder);
        await using (LocalProgram program = await LocalProgram.ServeAsync(function, _folder))
        {
            const string OnlyPng = """{"LambdaFunctionConfigurations":[{"LambdaFunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:ResizeImage","Events":["s3:ObjectCreated:Put"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"input/"},{"Name":"suffix","Value":".png"}]}}}]}""";
            AwsCli.Run(program.Endpoint, "s3api", "put-bucket-notification-configuration", "--bucket", "photos", "--notification-configuration", OnlyPng);
            await program.LineAsync("photos now notifies", Function, "s3:ObjectCreated:Put", "suffix .png");
            await program.EndAsync("INT");
        }

        await using (LocalProgram program = await LocalProgram.ServeAsync(function, _folder))
        {
            await PutAsync(program, "photos", "input/a.jpg");
            await PutAsync(program, "photos", "input/b.png");
            await program.LineAsync("s3://photos/input/b.png", "->");
            Assert.DoesNotContain(program.Lines, line => line.Contains("input/a.jpg", StringComparison.Ordinal));
            AwsCli.Run(program.Endpoint, "s3api", "put-bucket-notification-configuration", "--bucket", "photos", "--notification-configuration", "{}");
            await program.EndAsync("INT");
        }

        await using (LocalProgram program = await LocalProgram.ServeAsync(function, _folder))
        {
            await program.LineAsync("does not name " + Function);
        }
    }

    [ToolFact("jq", "bash")]
    public void Changing_one_variable_keeps_the_others()
    {
        const string First = "aws lambda get-function-configuration";
        const string Last = "--environment file://environment.json";
        string text = File.ReadAllText(Repository.Path("docs", "deployment.md"));
        string commands = text[text.IndexOf(First, StringComparison.Ordinal)..(text.IndexOf(Last, StringComparison.Ordinal) + Last.Length)]
            .Replace("environment.json", _folder["environment.json"], StringComparison.Ordinal);

        // Stands in for the AWS CLI on AWS: what it answers and is given.
        string Run(string variables) => AwsCli.Shell(new Uri("http://127.0.0.1"), $$"""
            aws() {
                case $2 in
                    get-function-configuration) [ "$5 $6 $7 $8" = "--query Environment.Variables --output json" ] && echo '{{variables}}' ;;
                    update-function-configuration) jq -c --sort-keys . "${6#file://}" ;;
                esac
            }
            {{commands}}
            """).Trim();
        Assert.Equal("""{"Variables":{"INPUT_BUCKET":"photos","THUMBNAIL_SIZE":"300x300"}}""", Run("""{"INPUT_BUCKET":"photos","THUMBNAIL_SIZE":"200x200"}"""));
        Assert.Equal("""{"Variables":{"THUMBNAIL_SIZE":"300x300"}}""", Run("null"));
    }

    [ToolFact("aws", "jq", "bash")]
    public async Task CloudFront_may_read_thumbnails_and_the_policy_of_the_bucket_stays()
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder);
        string file = _folder["policy.json"];

        // Stands in for the two calls that the local S3 does not have.
        string stub = $$"""
            aws() {
                case $2 in
                    get-bucket-policy) [ -f '{{file}}' ] && cat '{{file}}' || { echo "An error occurred (NoSuchBucketPolicy)" >&2; return 255; } ;;
                    put-bucket-policy) printf %s "${@: -1}" > '{{file}}' ;;
                    *) command aws --endpoint-url "$ENDPOINT" "$@" ;;
                esac
            }
            """;
        AwsCli.Run(program.Endpoint, "s3", "mb", "s3://mine");
        string[] arguments = ["mine", Function, "arn:aws:cloudfront::123456789012:distribution/E1"];
        Connect(program.Endpoint, stub, arguments);
        string first = File.ReadAllText(file);
        Assert.Contains("""{"Sid":"CloudFrontReadsThumbnails","Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::mine/output/*","Condition":{"StringEquals":{"aws:SourceArn":"arn:aws:cloudfront::123456789012:distribution/E1"}}}""", first, StringComparison.Ordinal);
        Connect(program.Endpoint, stub, arguments);
        Assert.Equal(first, File.ReadAllText(file));

        // A statement that is alone need not be in an array.
        const string Theirs = """{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::mine/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""";
        File.WriteAllText(file, $$"""{"Version":"2012-10-17","Statement":{{Theirs}}}""");
        Connect(program.Endpoint, stub, arguments);
        Assert.Equal(first.Replace("\"Statement\":[", $"\"Statement\":[{Theirs},", StringComparison.Ordinal), File.ReadAllText(file));

        // Another error is not taken for a bucket without a policy.
        string denied = stub.Replace("NoSuchBucketPolicy", "AccessDenied", StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("AccessDenied", Assert.Throws<InvalidOperationException>(() => Connect(program.Endpoint, denied, arguments)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [ToolFact("jq", "bash")]
    public void A_target_that_S3_cannot_notify_is_refused_before_any_call() => Assert.Contains(
        "must be the ARN of a Lambda function or of an SQS queue",
        Assert.Throws<InvalidOperationException>(() => Connect(new Uri("http://127.0.0.1:9"), "", "photos", "ResizeImage")).Message,
        StringComparison.Ordinal);

    private static async Task PutAsync(LocalProgram program, string bucket, string key)
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using StringContent content = new("photo");
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(new Uri(program.Endpoint, $"/{bucket}/{key}"), content)).StatusCode);
    }

    private static void AddTriggerTo(LocalProgram program, string bucket) => Connect(program.Endpoint, "", bucket, Function);

    /// <summary>Runs deploy/connect-bucket.sh.</summary>
    /// <param name="endpoint">Of S3.</param>
    /// <param name="stub">Commands before it.</param>
    /// <param name="arguments">Of the script.</param>
    /// <returns>Its output.</returns>
    private static string Connect(Uri endpoint, string stub, params string[] arguments) => AwsCli.Shell(
        endpoint, $"{stub}\nexport -f aws\n'{Repository.Path("deploy", "connect-bucket.sh")}' {string.Join(' ', arguments)}");
}
