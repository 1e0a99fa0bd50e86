using System.Text.Json;
using System.Text.Json.Nodes;
using ResizeImage.Local.S3;
using ResizeImage.Photos;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>A photo that takes forever costs only its own thumbnail, and the function never reaches Lambda's timeout.</summary>
public class InvocationTimeTests
{
    private const string Bucket = PhotoBucket.Name;
    private const int Batch = 10;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task A_poison_photo_in_a_batch_of_ten_gives_nine_thumbnails_and_one_failure(int position)
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(i => i == position ? SlowThumbnailer.Poison : Pictures.Jpeg48x32);
        Assert.Equal([$"{position}"], await world.SendBatchAsync());
        Assert.Equal(Batch - 1, (await PhotoBucket.KeysAsync(world.Run.S3, "output/")).Count);
        Assert.Contains($"failed s3://photos/input/{position}.jpg", world.Run.Log, StringComparison.Ordinal);
        Assert.Contains("half of the time", world.Run.Log, StringComparison.Ordinal);
        world.AssertInTime();
    }

    [Fact]
    public async Task The_last_photo_of_a_batch_is_rejected_if_it_uses_all_the_time()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(i => i == Batch - 1 ? SlowThumbnailer.Poison : Pictures.Jpeg48x32);
        Assert.Empty(await world.SendBatchAsync());
        Assert.Contains("rejected s3://photos/input/9.jpg", world.Run.Log, StringComparison.Ordinal);
        Assert.Equal(["reports/9.jpg.json"], await PhotoBucket.KeysAsync(world.Run.S3, "reports/"));
        world.AssertInTime();
    }

    [Fact]
    public async Task Each_of_several_poison_photos_leaves_half_of_the_time_to_the_others()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(i => i is 0 or 2 or 5 ? SlowThumbnailer.Poison : SlowThumbnailer.Photo(1));
        Assert.Equal(["0", "2", "5"], await world.SendBatchAsync());
        Assert.Equal(Batch - 3, (await PhotoBucket.KeysAsync(world.Run.S3, "output/")).Count);
        world.AssertInTime();
    }

    [Fact]
    public async Task Messages_that_were_not_reached_in_time_are_delivered_again()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(_ => SlowThumbnailer.Photo(25));

        // 25 s of 59.5 are less than half; 25 of the remaining 34.5 are more, and so for each that follows.
        string[] failures = await world.SendBatchAsync();
        Assert.Equal(Batch - 1, failures.Length);
        Assert.DoesNotContain("0", failures);
        world.AssertInTime();
    }

    [Fact]
    public async Task A_batch_that_arrives_at_its_deadline_is_returned_at_once()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Object(Pictures.Jpeg48x32));
        using FunctionRun run = new($"http://{server.Address}");
        run.Context.RemainingTime = TimeSpan.FromSeconds(0.3);
        string[] failures = await World.SendBatchAsync(run);
        Assert.Equal(Enumerable.Range(0, Batch).Select(i => $"{i}"), failures);
        Assert.Empty(server.Requests);
        Assert.Contains("failed s3://photos/input/9.jpg: The time of the invocation ran out before the photo was reached.", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poison_photo_alone_is_rejected_with_a_report_and_its_old_thumbnail_is_deleted()
    {
        await using World world = await World.StartAsync();
        await PhotoBucket.PutAsync(world.Run.S3, "input/a.jpg", Pictures.Jpeg48x32);
        Assert.Equal(RecordStatus.Made, (await world.Run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.jpg"))).Status);

        string etag = await PhotoBucket.PutAsync(world.Run.S3, "input/a.jpg", SlowThumbnailer.Poison);
        RecordResult result = await world.Run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.jpg"));
        Assert.Equal(RecordStatus.Rejected, result.Status);
        Assert.Equal(
            "Making its thumbnail takes too long: after 58.5 s, nearly all the time of the invocation, it was not done. "
            + "Upload a smaller image, or raise the function's memory, which gives it more CPU, or its timeout.",
            result.Reason);
        Assert.Empty(await PhotoBucket.KeysAsync(world.Run.S3, "output/"));
        JsonNode report = JsonNode.Parse(await PhotoBucket.ReadAsync(world.Run.S3, "reports/a.jpg.json"))!;
        Assert.Equal((etag, result.Reason), ((string?)report["etag"], (string?)report["reason"]));
        world.AssertInTime();
    }

    [Fact]
    public async Task A_poison_photo_that_is_replaced_in_the_meantime_is_retried()
    {
        await using World world = await World.StartAsync();
        await PhotoBucket.PutAsync(world.Run.S3, "input/a.jpg", Pictures.Jpeg48x32);
        await world.Run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.jpg"));
        await PhotoBucket.PutAsync(world.Run.S3, "input/a.jpg", SlowThumbnailer.Poison);
        world.Thumbnailer.Meanwhile = () => PhotoBucket.PutAsync(world.Run.S3, "input/a.jpg", [.. Pictures.Jpeg48x32, 1]).Wait();
        Assert.Equal(RecordStatus.Failed, (await world.Run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.jpg"))).Status);
        Assert.Equal(RecordStatus.Made, (await world.Run.InvokeOneAsync(FunctionRun.Put(Bucket, "input/a.jpg"))).Status);
    }

    [Fact]
    public async Task Records_of_one_event_share_the_time()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync(i => i == 0 ? SlowThumbnailer.Poison : Pictures.Jpeg48x32);
        ThumbnailsFailedException exception = await Assert.ThrowsAsync<ThumbnailsFailedException>(
            () => world.Run.InvokeAsync([.. Enumerable.Range(0, Batch).Select(i => FunctionRun.Put(Bucket, $"input/{i}.jpg"))]));
        Assert.Equal([RecordStatus.Failed, .. Enumerable.Repeat(RecordStatus.Made, Batch - 1)], exception.Report.Results.Select(result => result.Status));
        world.AssertInTime();
    }

    [Fact]
    public async Task A_task_of_batch_operations_is_a_permanent_failure_alone_and_a_temporary_one_before_another()
    {
        await using World world = await World.StartAsync();
        await PhotoBucket.PutAsync(world.Run.S3, "input/a 1.jpg", SlowThumbnailer.Poison);
        JsonNode job = JsonNode.Parse(FunctionRun.ReadEvent("batch-operations-1.0.json"))!;
        JsonNode alone = JsonNode.Parse(await world.Run.InvokeWithAsync(job.ToJsonString()))!["results"]![0]!;
        Assert.Equal("PermanentFailure", (string?)alone["resultCode"]);
        Assert.Contains("takes too long", (string?)alone["resultString"], StringComparison.Ordinal);

        job["tasks"]!.AsArray().Add(job["tasks"]![0]!.DeepClone());
        JsonNode first = JsonNode.Parse(await world.Run.InvokeWithAsync(job.ToJsonString()))!["results"]![0]!;
        Assert.Equal("TemporaryFailure", (string?)first["resultCode"]);
    }

    /// <summary>A bucket, and a function with a minute and a clock of its own.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly S3Endpoint _endpoint;
        private readonly TestClock _clock = new();

        private World(S3Endpoint endpoint)
        {
            _endpoint = endpoint;
            Thumbnailer = new SlowThumbnailer(_clock);
            Run = new FunctionRun(endpoint.Url, Thumbnailer, _clock, "REPORT_PREFIX=reports/");
            Run.Context.RemainingTime = Timeout;
        }

        public SlowThumbnailer Thumbnailer { get; }

        public FunctionRun Run { get; }

        public static async Task<World> StartAsync()
        {
            World world = new(await S3Endpoint.StartAsync(nameof(S3Server)));
            await world.Run.S3.PutBucketAsync(Bucket);
            return world;
        }

        /// <summary>Sends a message for each photo of a batch.</summary>
        /// <returns>The ids of those that come again.</returns>
        public static async Task<string[]> SendBatchAsync(FunctionRun run)
        {
            IEnumerable<string> messages = Enumerable.Range(0, Batch).Select(i =>
            {
                string body = $$$$"""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"input/{{{{i}}}}.jpg"}}}]}""";
                return $$$"""{"messageId":"{{{i}}}","body":{{{JsonSerializer.Serialize(body)}}},"attributes":{"ApproximateReceiveCount":"1"}}""";
            });
            JsonNode response = JsonNode.Parse(await run.InvokeWithAsync($$"""{"Records":[{{string.Join(',', messages)}}]}"""))!;
            return [.. response["batchItemFailures"]!.AsArray().Select(failure => (string)failure!["itemIdentifier"]!)];
        }

        public Task<string[]> SendBatchAsync() => SendBatchAsync(Run);

        /// <summary>Puts the photos of a batch.</summary>
        public async Task PutAsync(Func<int, byte[]> photo)
        {
            for (int i = 0; i < Batch; i++)
            {
                await PhotoBucket.PutAsync(Run.S3, $"input/{i}.jpg", photo(i));
            }
        }

        /// <summary>Half a second was left for the answer. The photos of one invocation alone have moved the clock.</summary>
        public void AssertInTime() => Assert.InRange(_clock.Elapsed, TimeSpan.Zero, Timeout - TimeSpan.FromSeconds(0.45));

        public async ValueTask DisposeAsync()
        {
            Run.Dispose();
            await _endpoint.DisposeAsync();
        }
    }
}
