using Amazon.Lambda.S3Events;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Records that are none of the function's business. No S3 endpoint is there: nothing may be read.</summary>
public class SkipTests
{
    private const string Nowhere = "http://127.0.0.1:9";

    [Theory]
    [InlineData("other/a.jpg", "ObjectRemoved:Delete", "INPUT_PREFIX")]
    [InlineData("input/", "s3:ObjectRemoved:Delete", "folder marker")]
    [InlineData("input/a.jpg", "ObjectTagging:Put", "ObjectTagging:Put")]
    [InlineData("input/a.jpg", "", "ObjectCreated")]
    [InlineData("other/a.jpg", "ObjectCreated:Put", "INPUT_PREFIX")]
    [InlineData("Input/a.jpg", "ObjectCreated:Put", "INPUT_PREFIX")]
    [InlineData("output/a.jpg", "ObjectCreated:Put", "INPUT_PREFIX")]
    [InlineData("input-old/a.jpg", "ObjectCreated:Put", "INPUT_PREFIX")]
    [InlineData("input", "ObjectCreated:Put", "INPUT_PREFIX")]
    [InlineData("input/", "ObjectCreated:Put", "folder marker")]
    [InlineData("input/a+b/", "ObjectCreated:Put", "folder marker")]
    public async Task Records_that_need_no_thumbnail_are_skipped_with_a_reason(string key, string eventName, string reason)
    {
        using FunctionRun run = new(Nowhere);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", key, eventName));
        Assert.Equal(RecordStatus.Skipped, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Null(result.Destination);
        Assert.Contains("Information: skipped s3://photos/", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_prefix_without_its_slash_is_a_folder_all_the_same()
    {
        using FunctionRun run = new(Nowhere, "INPUT_PREFIX=input");
        Assert.Equal(RecordStatus.Skipped, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input-old/a.jpg"))).Status);
    }

    [Fact]
    public async Task A_record_of_another_service_fails_instead_of_being_lost_silently()
    {
        using FunctionRun run = new(Nowhere);
        RecordResult result = await run.InvokeOneAsync(new S3Event.S3EventNotificationRecord());
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains("Error: failed a record: The record names no S3 object.", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_cannot_write_lines_into_the_log()
    {
        using FunctionRun run = new(Nowhere);
        await run.InvokeOneAsync(FunctionRun.Put("photos", "other/a%0D%0AError%3A+all+is+lost"));
        Assert.Contains("s3://photos/other/a\\u000d\\u000aError: all is lost", run.Log, StringComparison.Ordinal);
    }
}
