using System.Text;
using System.Xml.Linq;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>
/// S3's refusals, in the words of AWS's documentation ("Access denied error message examples" in the IAM User Guide) and of users' reports, and
/// the matching advice.
/// </summary>
public class RefusalTests
{
    private const string User = "User: arn:aws:sts::123456789012:assumed-role/thumbnails/thumbnails is not authorized to perform: ";
    private const string Photo = " on resource: \"arn:aws:s3:::photos/input/a.jpg\"";
    private const string Key = " on resource: arn:aws:kms:eu-central-1:123456789012:key/0d990263-018e-4e65-a703-eff731de951e";

    [Theory]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " because no identity-based policy allows the s3:GetObject action", "The function's role needs s3:GetObject on this resource.")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " because no resource-based policy allows the s3:GetObject action", "The resource-based policy must allow s3:GetObject on this resource.")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " because no VPC endpoint policy allows the s3:GetObject action", "The VPC endpoint policy must allow s3:GetObject")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " because no permissions boundary allows the s3:GetObject action", "The permissions boundary must allow s3:GetObject")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " because no session policy allows the s3:GetObject action", "The session policy must allow s3:GetObject")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " because no service control policy allows the s3:GetObject action", "The service control policy must allow s3:GetObject")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " with an explicit deny in a resource-based policy", "A policy denies s3:GetObject, and no permission of the role outweighs that")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " with an explicit deny in a service control policy", "A policy denies s3:GetObject")]
    [InlineData("AccessDenied", User + "s3:GetObject" + Photo + " with an explicit deny in a VPC endpoint policy: arn:aws:ec2:eu-central-1:123456789012:vpc-endpoint/vpce-1", "A policy denies s3:GetObject")]
    [InlineData("AccessDenied", User + "kms:Decrypt" + Key + " because no identity-based policy allows the kms:Decrypt action", "needs kms:Decrypt on the KMS key, in the key's policy and in that of the function's role")]
    [InlineData("AccessDenied", User + "kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access", "needs kms:Decrypt on the KMS key")]
    [InlineData("AccessDenied", User + "kms:Decrypt" + Key + " with an explicit deny in a resource-based policy", "A policy denies kms:Decrypt")]
    [InlineData("AccessDenied", "Access Denied", "The function's role needs s3:GetObject on the object, and for a KMS key kms:Decrypt")]
    [InlineData("AccountProblem", "There is a problem with your AWS account that prevents the operation from completing successfully.", "AWS has blocked the bucket or its account")]
    [InlineData("AllAccessDisabled", "All access to this object has been disabled", "AWS has blocked the bucket or its account")]
    [InlineData("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", "Correct the clock")]
    [InlineData("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.", "no proxy changes the request")]
    [InlineData("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", "Check AWS_ACCESS_KEY_ID")]
    [InlineData("ExpiredToken", "The provided token has expired.", "Check AWS_ACCESS_KEY_ID")]
    public async Task A_photo_that_may_not_be_read(string code, string message, string advice)
    {
        await using ScriptedServer server = new(request => request.Method == "GET" ? Error(403, code, message) : ScriptedAnswer.Of(403, []));
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.StartsWith($"Reading s3://photos/input/a.jpg is refused: S3 answered 403 {code}: {message.TrimEnd('.')}. ", result.Reason, StringComparison.Ordinal);
        Assert.Contains(advice, result.Reason, StringComparison.Ordinal);
        Assert.Equal(advice.Contains("needs s3:GetObject", StringComparison.Ordinal), result.Reason!.Contains("role needs s3:GetObject", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403, "AccessDenied", User + "kms:GenerateDataKey" + Key + " because no identity-based policy allows the kms:GenerateDataKey action", "needs kms:GenerateDataKey on the KMS key")]
    [InlineData(403, "AccessDenied", User + "s3:PutObject" + Photo + " with an explicit deny in a resource-based policy", "A policy denies s3:PutObject")]
    [InlineData(403, "AccessDenied", "Access Denied", "needs s3:PutObject on it")]
    [InlineData(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", "Correct the clock")]
    [InlineData(400, "KMS.DisabledException", "arn:aws:kms:eu-central-1:123456789012:key/1 is disabled.", "S3 answered 400 KMS.DisabledException: arn:aws:kms:eu-central-1:123456789012:key/1 is disabled.")]
    public async Task A_thumbnail_that_may_not_be_written(int status, string code, string message, string advice)
    {
        await using ScriptedServer server = new(request =>
            request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : request.Method == "PUT" ? Error(status, code, message) : ScriptedAnswer.Stored);
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains($"S3 answered {status} {code}: {message}", result.Reason + ".", StringComparison.Ordinal);
        Assert.Contains(advice, result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.", "SSE-C")]
    [InlineData(403, "InvalidObjectState", "The operation is not valid for the object's storage class", "Restore it; its thumbnail is made when S3 reports ObjectRestore:Completed.")]
    [InlineData(403, "AccessDenied", "The bucket is a Requester Pays bucket; send x-amz-request-payer.", "s3://photos is Requester Pays")]
    public async Task A_photo_that_can_never_be_read_is_rejected(int status, string code, string message, string reason)
    {
        await using ScriptedServer server = new(request => request.Method == "GET" ? Error(status, code, message) : ScriptedAnswer.Absent);
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains($"S3 answered {status} {code}: {message.TrimEnd('.')}.", result.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests.Count(request => request.Method == "GET"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_without_a_cause_is_Requester_Pays_if_an_offer_to_pay_succeeds(bool isRequesterPays)
    {
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "HEAD" } when isRequesterPays && request["x-amz-request-payer"] == "requester" => ScriptedAnswer.Of(200, [], ScriptedAnswer.ETag, "x-amz-request-charged: requester"),
            { Method: "HEAD" } when request["x-amz-request-payer"] is null => ScriptedAnswer.Absent,
            { Method: "HEAD" } => ScriptedAnswer.Of(200, [], ScriptedAnswer.ETag), // its owner, whom nothing is charged
            _ => Error(403, "AccessDenied", "Access Denied"),
        });
        RecordResult result = await InvokeAsync(server);
        Assert.Equal(isRequesterPays ? RecordStatus.Rejected : RecordStatus.Failed, result.Status);
        Assert.Equal(isRequesterPays, result.Reason!.Contains("Requester Pays", StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.True(request.Method == "HEAD" || request["x-amz-request-payer"] is null));
    }

    [Fact]
    public async Task A_refusal_with_a_pinned_owner_mentions_that_the_owner_may_differ()
    {
        await using ScriptedServer server = new(_ => Error(403, "AccessDenied", "Access Denied"));
        RecordResult result = await InvokeAsync(server, "EXPECTED_BUCKET_OWNER=012345678901");
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("Or the bucket does not belong to the account 012345678901, the expected bucket owner of the settings.", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_request_names_the_owner_that_its_bucket_must_have()
    {
        SmallS3 photos = new(_ => { });
        photos.Put("input/a.jpg", Pictures.Jpeg48x32);
        photos.Put("input/b.jpg", [1, 2, 3]);
        await using ScriptedServer server = new(photos.Answer);
        using FunctionRun run = new(
            $"http://{server.Address}", "EXPECTED_BUCKET_OWNER=012345678901", "INPUT_BUCKET=photos", "REPORT_PREFIX=reports/", "OUTPUT_KEY={path}.{format}");
        await run.InvokeWithFileAsync("scheduler.json");
        await run.InvokeWithFileAsync("eventbridge-deleted.json");
        photos.Put("input/a.jpg", [1]);
        await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(["DELETE", "GET", "HEAD", "PUT"], server.Requests.Select(request => request.Method).Distinct().Order());
        Assert.All(server.Requests, request => Assert.Equal("012345678901", request["x-amz-expected-bucket-owner"]));
    }

    [Fact]
    public async Task An_output_bucket_may_belong_to_another_account()
    {
        await using ScriptedServer server = new(request => request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);
        await InvokeAsync(server, "EXPECTED_BUCKET_OWNER=111111111111", "EXPECTED_OUTPUT_BUCKET_OWNER=222222222222", "OUTPUT_BUCKET=thumbs");
        Assert.Equal(
            ["GET 111111111111", "PUT 222222222222", "HEAD 111111111111"],
            server.Requests.Select(request => $"{request.Method} {request["x-amz-expected-bucket-owner"]}"));
    }

    [Theory]
    [InlineData("photos-abcdefgh-s3alias", "the alias of an access point (-s3alias)")]
    [InlineData("photos-abcdefgh--ol-s3", "the alias of an Object Lambda access point (--ol-s3)")]
    [InlineData("photos-abcdefgh--xa-s3", "the alias of an access point of a directory bucket (--xa-s3)")]
    [InlineData("photos-abcdefgh--op-s3", "the alias of an access point on Outposts (--op-s3)")]
    [InlineData("mfzwi23gnjvgw.mrap", "the alias of a Multi-Region Access Point (.mrap)")]
    [InlineData("photos--euc1-az1--x-s3", "a directory bucket")]
    [InlineData("arn:aws:s3:eu-central-1:123456789012:accesspoint/photos", "the ARN of an access point")]
    [InlineData("accesspoint/photos", "the ARN of an access point")]
    public async Task An_event_that_names_no_bucket_is_rejected_by_name(string bucket, string kind)
    {
        using FunctionRun run = new("http://127.0.0.1:9");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put(bucket, "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Contains(kind, result.Reason, StringComparison.Ordinal);
    }

    private static ScriptedAnswer Error(int status, string code, string message) => ScriptedAnswer.Of(
        status,
        Encoding.UTF8.GetBytes(new XElement("Error", new XElement("Code", code), new XElement("Message", message), new XElement("RequestId", "1")).ToString()),
        "Content-Type: application/xml");

    private static async Task<RecordResult> InvokeAsync(ScriptedServer server, params string[] environment)
    {
        using FunctionRun run = new($"http://{server.Address}", environment);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.DoesNotContain("nexpected exception", run.Log, StringComparison.Ordinal);
        return result;
    }
}
