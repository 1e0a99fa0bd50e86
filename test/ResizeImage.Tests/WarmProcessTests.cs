using System.Globalization;
using System.Text;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3;
using ResizeImage.Tests.Histories;
using Xunit.Abstractions;

namespace ResizeImage.Tests;

/// <summary>Lambda keeps a process for hours: it must do its last event as its first, in the same memory.</summary>
public class WarmProcessTests(ITestOutputHelper output)
{
    private const int Photos = 20;

    /// <summary>Messages of an SQS batch.</summary>
    private const int Batch = 10;

    /// <summary>EVENTS=50000 sends that many.</summary>
    private static readonly int Events =
        int.TryParse(Environment.GetEnvironmentVariable("EVENTS"), CultureInfo.InvariantCulture, out int count) ? count : 1000;

    [ProcFact]
    public async Task Memory_stays_flat_and_nothing_is_lost()
    {
        await using S3Endpoint s3 = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun client = new(s3.Url);
        await client.S3.PutBucketAsync(PhotoBucket.Name);
        await using RuntimeApi lambda = await RuntimeApi.StartAsync(new RuntimeApiOptions());
        await using FunctionProcess function = FunctionProcess.Start(new FunctionProcessOptions { Path = FunctionFile.Path, S3 = new Uri(s3.Url) }, lambda);

        // A fifth is done before the first figure: by then pools have been filled and everything has been compiled.
        Random random = new(1);
        await SendAsync(Events / 5, random, client, lambda);
        long first = ResidentBytes(function);
        await SendAsync(Events - (Events / 5), random, client, lambda);
        long last = ResidentBytes(function);

        output.WriteLine($"{Events} events: {first >> 10} kB resident after {Events / 5}, {last >> 10} kB at the end");
        Assert.Equal(1, function.Starts);

        // A native executable ends with 37 to 45 MB, after 1,000 events as after 4,000. Compiled at run time, code and its counters grow for a while,
        // and the youngest generation of the heap to the processor's cache.
        int slack = FunctionFile.Path == FunctionFile.Native ? 16 << 20 : 24 << 20;
        Assert.InRange(last, 0, first + slack);
    }

    /// <summary>Photos change before each batch: valid ones, corrupt ones, deletions.</summary>
    private static async Task SendAsync(int events, Random random, FunctionRun client, RuntimeApi lambda)
    {
        for (int sent = 0; sent < events; sent += Batch)
        {
            string key = $"input/{random.Next(Photos)}.jpg";
            byte[]? photo = random.Next(4) switch
            {
                0 => null,
                1 => [.. Pictures.Jpeg48x32[..100], (byte)random.Next(256)],
                _ => [.. Pictures.Jpeg48x32, (byte)random.Next(256)],
            };
            await (photo is null ? client.S3.DeleteObjectAsync(PhotoBucket.Name, key) : (Task)PhotoBucket.PutAsync(client.S3, key, photo));

            IEnumerable<string> messages = Enumerable.Range(0, Batch).Select(i => Message(new Notice(
                i == 0 ? key : $"input/{random.Next(Photos)}.jpg", photo is null ? "ObjectRemoved:Delete" : "ObjectCreated:Put", ThroughSqs: true, Delivery: 1 + (i % 2))));
            InvocationResult result = await lambda.InvokeAsync(Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', messages)}}]}"""), InvocationType.RequestResponse);
            Assert.Equal("""{"batchItemFailures":[]}""", result.PayloadText);
        }
    }

    /// <summary>The one message of a batch.</summary>
    private static string Message(Notice notice) => notice.Json["""{"Records":[""".Length..^2];

    /// <summary>Needs Linux, whose /proc has the memory of a process.</summary>
    private sealed class ProcFactAttribute : RequirementFactAttribute
    {
        public ProcFactAttribute() => Require(OperatingSystem.IsLinux(), "needs /proc to read the memory from");
    }

    private static long ResidentBytes(FunctionProcess function)
    {
        string line = File.ReadLines($"/proc/{function.ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
