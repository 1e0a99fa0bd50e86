using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.TestUtilities;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Local.S3;
using ResizeImage.Photos;
using Xunit.Abstractions;

namespace ResizeImage.Tests.Histories;

/// <summary>
/// The last thumbnail is of the last photo, and a missing photo has no thumbnail, for any changes and any order of events.
/// </summary>
public class HistoryTests(ITestOutputHelper output)
{
    /// <summary>HISTORIES=10000 runs that many for each setting.</summary>
    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("HISTORIES"), CultureInfo.InvariantCulture, out int count) ? count : 300;

    [Theory]
    [InlineData("{path}", "")]
    [InlineData("{path}.{format}", "")] // a thumbnail of another format has another name
    [InlineData("{size}/{path}", "20x20,small=9x7")]
    [InlineData("{path}.{size}.{format}", "20x20,small=9x7,300x200")]
    [InlineData("{path}", "20x20?")]
    [InlineData("{size}/{path}", "20x20,small=9x7?,other=5x5?", "20x20?,small=9x7,other=6x6?")]
    [InlineData("{path}.{size}.{format}", "20x20,small=9x7?", "20x20,small=8x7?")]
    public async Task After_the_last_event_every_thumbnail_is_of_the_current_photo(string outputKey, params string[] lists)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using AmazonS3Client s3 = InterleavedS3.Connect(endpoint.Url);
        await s3.PutBucketAsync(PhotoBucket.Name);
        Settings[] eras = Array.ConvertAll(
            lists, sizes => Settings.Read(name => name switch { "OUTPUT_KEY" => outputKey, "THUMBNAIL_SIZE" => sizes, "INPUT_BUCKET" => PhotoBucket.Name, _ => null }));
        Function[] functions = Array.ConvertAll(eras, settings => new Function(s3, settings, new TracingThumbnailer()));

        int requests = 0;
        List<string> violations = [];
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (seed, _) =>
        {
            History history = null!;
            history = new(seed, s3, eras, notice => InvokeAsync(functions[history.Era], notice, history));
            await history.RunAsync();
            IReadOnlyList<string> found = await history.FindViolationsAsync();
            lock (violations)
            {
                violations.AddRange(found);
                requests += history.Requests;
            }
        });

        output.WriteLine($"{Count} histories, {requests} requests, {violations.Count} violations");
        Assert.Empty(violations);
    }

    /// <summary>Delivers failed events again, as Lambda and SQS do.</summary>
    private static async Task<bool> InvokeAsync(Function function, Notice notice, History history)
    {
        try
        {
            TestLambdaContext context = new() { Logger = new Silence() };
            using StreamReader response = new(await function.HandleEvent(new MemoryStream(Encoding.UTF8.GetBytes(notice.Json)), context));
            string text = await response.ReadToEndAsync();
            return notice.Output is not null ? history.Accept(notice, HttpResult.Parse(text)) : !notice.ThroughSqs || text == """{"batchItemFailures":[]}""";
        }
        catch (ThumbnailsFailedException)
        {
            return false;
        }
    }

    private sealed class Silence : ILambdaLogger
    {
        public void Log(string message)
        {
        }

        public void LogLine(string message)
        {
        }

        public void Log(string level, string message, params object[] args)
        {
        }
    }
}
