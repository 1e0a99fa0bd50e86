using System.Text.Json.Nodes;
using Amazon.S3.Model;
using ResizeImage.Local.S3;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Reports of rejected photos, so that somebody can act on them.</summary>
public class RefusalReportTests
{
    private const string Photo = "input/holiday/é+.jpg";

    [Theory, OnLocalS3, OnS3rver]
    public async Task A_refused_photo_leaves_a_report(string server)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(server);
        using FunctionRun run = await StartAsync(endpoint, "REPORT_PREFIX=reports/");
        string etag = await PhotoBucket.PutAsync(run.S3, Photo, [1, 2, 3]);
        RecordResult result = await InvokeAsync(run);
        Assert.Equal(RecordStatus.Rejected, result.Status);

        using GetObjectResponse stored = await run.S3.GetObjectAsync(PhotoBucket.Name, "reports/holiday/é+.jpg.json");
        Assert.Equal("application/json", stored.Headers.ContentType);
        JsonNode report = (await JsonNode.ParseAsync(stored.ResponseStream))!;
        Assert.Equal(
            ("s3://photos/" + Photo, etag, 3, result.Reason),
            ((string?)report["source"], (string?)report["etag"], (int?)report["bytesIn"], (string?)report["reason"]));
        Assert.InRange(DateTime.UtcNow - (DateTime)report["time"]!, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_photo_that_is_refused_unread_or_has_a_long_name_leaves_a_report()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, "REPORT_PREFIX=reports/", "MAX_FILE_BYTES=2");
        string longest = "input/" + new string('x', 200) + "/" + string.Join('/', Enumerable.Repeat(new string('y', 200), 4));
        await PhotoBucket.PutAsync(run.S3, longest + "/" + new string('z', 1024 - longest.Length - 1), [1, 2, 3]);
        await run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, longest + "/" + new string('z', 1024 - longest.Length - 1)));
        Assert.Matches("^reports/[0-9a-f]{16}\\.json$", Assert.Single(await PhotoBucket.KeysAsync(run.S3, "reports/")));
    }

    [Fact]
    public async Task Reports_of_two_buckets_do_not_collide_in_one_output_bucket()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, "REPORT_PREFIX=reports/", "OUTPUT_BUCKET=thumbs");
        await run.S3.PutBucketAsync("more-photos");
        await run.S3.PutBucketAsync("thumbs");
        foreach (string bucket in (string[])["photos", "more-photos", "thumbs"])
        {
            await run.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "input/a.jpg", ContentBody = "no photo" });
            Assert.Equal(RecordStatus.Rejected, (await run.InvokeOneAsync(FunctionRun.Put(bucket, "input/a.jpg"))).Status);
        }

        ListObjectsV2Response reports = await run.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "thumbs", Prefix = "reports/" });
        Assert.Equal(
            ["reports/more-photos/a.jpg.json", "reports/photos/a.jpg.json", "reports/thumbs/a.jpg.json"], reports.S3Objects.Select(report => report.Key));
    }

    [Fact]
    public async Task Other_results_leave_no_report()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, "REPORT_PREFIX=reports/");
        Assert.Equal(RecordStatus.Rejected, (await InvokeAsync(run)).Status); // gone
        await PhotoBucket.PutAsync(run.S3, Photo, Pictures.Jpeg48x32);
        Assert.Equal(RecordStatus.Made, (await InvokeAsync(run)).Status);
        Assert.Empty(await PhotoBucket.KeysAsync(run.S3, "reports/"));

        using FunctionRun without = new(endpoint.Url);
        await PhotoBucket.PutAsync(run.S3, Photo, [1, 2, 3]);
        Assert.Equal(RecordStatus.Rejected, (await InvokeAsync(without)).Status);
        Assert.Equal([Photo], await PhotoBucket.KeysAsync(run.S3));
    }

    /// <summary>It would be rejected in turn, and leave a report, without end.</summary>
    [Fact]
    public async Task A_report_that_would_be_processed_as_a_photo_is_not_written()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun run = await StartAsync(endpoint, "REPORT_PREFIX=input/", "OUTPUT_BUCKET=" + PhotoBucket.Name);
        await PhotoBucket.PutAsync(run.S3, Photo, [1, 2, 3]);
        Assert.Equal(RecordStatus.Rejected, (await InvokeAsync(run)).Status);
        Assert.Equal([Photo], await PhotoBucket.KeysAsync(run.S3));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_fails_the_record()
    {
        await using ScriptedServer server = new(request => request.Method switch
        {
            "PUT" => ScriptedAnswer.S3Error(403, "AccessDenied"),
            "GET" => ScriptedAnswer.S3Object([1, 2, 3]),
            _ => ScriptedAnswer.Absent,
        });
        using FunctionRun run = new($"http://{server.Address}", "REPORT_PREFIX=reports/");
        RecordResult result = await InvokeAsync(run);
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("The report of this is missing: Writing s3://photos/reports/holiday/é+.jpg.json is refused", result.Reason, StringComparison.Ordinal);
    }

    private static async Task<FunctionRun> StartAsync(S3Endpoint endpoint, params string[] environment)
    {
        FunctionRun run = new(endpoint.Url, environment);
        await run.S3.PutBucketAsync(PhotoBucket.Name);
        return run;
    }

    private static Task<RecordResult> InvokeAsync(FunctionRun run) => run.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, "input/holiday/%C3%A9%2B.jpg"));
}
