using ResizeImage.Imaging;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>
/// Every kind of request that the function makes, with every kind of fault. The function retries temporary faults; permanent faults fail the
/// record, so that its service retries; no invocation outlasts its deadline. FailureTests has the faults of bodies.
/// </summary>
public class FaultTableTests
{
    /// <summary>The SDK's: one attempt and two retries.</summary>
    private const int Attempts = 3;

    /// <summary>Requests by purpose.</summary>
    public enum S3Step
    {
        ReadPhoto,
        WriteThumbnail,
        LookBack,
        ProbeThumbnail,
        DeleteThumbnail,
        LookBackAfterDeletion,
        DeleteOriginal,
    }

    /// <summary>Faults that may pass.</summary>
    public enum Fault
    {
        InternalError,
        SlowDown,
        ResetBeforeTheAnswer,
        ResetWithinTheHead,
    }

    [Theory, CombinatorialData]
    public async Task A_temporary_fault_does_not_change_the_result(S3Step step, Fault fault)
    {
        await using World world = new(step, Answer(fault), times: 1);
        RecordResult result = await world.InvokeAsync();
        Assert.Equal(world.Good, result.Status);
        Assert.Equal(2, world.Tries);
    }

    [Theory, CombinatorialData]
    public async Task A_permanent_fault_fails_the_record(S3Step step, Fault fault)
    {
        await using World world = new(step, Answer(fault), times: int.MaxValue);
        RecordResult result = await world.InvokeAsync();
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.NotEmpty(result.Reason!);

        // Below the SDK, .NET's HTTP client also reconnects a few times for each attempt.
        bool breaks = fault is Fault.ResetBeforeTheAnswer or Fault.ResetWithinTheHead;
        Assert.InRange(world.Tries, Attempts, breaks ? 20 * Attempts : Attempts);
        Assert.DoesNotContain("nexpected", world.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(S3Step.ReadPhoto, "s3:GetObject on the object")]
    [InlineData(S3Step.WriteThumbnail, "s3:PutObject")]
    [InlineData(S3Step.LookBack, "s3:GetObject on the object")]
    [InlineData(S3Step.ProbeThumbnail, "s3:GetObject on thumbnails")]
    [InlineData(S3Step.DeleteThumbnail, "s3:DeleteObject")]
    [InlineData(S3Step.DeleteOriginal, "Or set DELETE_ORIGINAL to false.")]
    public async Task A_refused_access_is_not_retried_and_names_the_missing_permission(S3Step step, string reason)
    {
        await using World world = new(step, ScriptedAnswer.S3Error(403, "AccessDenied"), times: int.MaxValue);
        RecordResult result = await world.InvokeAsync();
        Assert.Equal(RecordStatus.Failed, result.Status);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, world.Tries);
    }

    [Theory]
    [InlineData(S3Step.ReadPhoto)]
    [InlineData(S3Step.WriteThumbnail)]
    [InlineData(S3Step.LookBack)]
    [InlineData(S3Step.ProbeThumbnail)]
    [InlineData(S3Step.DeleteThumbnail)]
    [InlineData(S3Step.LookBackAfterDeletion)]
    [InlineData(S3Step.DeleteOriginal)]
    public async Task Silence_ends_before_the_deadline(S3Step step)
    {
        TestClock clock = new();
        await using World world = new(step, new ScriptedAnswer([], Afterwards.Stall), times: int.MaxValue, clock);
        Task<RecordResult> invocation = world.InvokeAsync(TimeSpan.FromSeconds(1.5));
        await world.Stalled;

        // Without the half second for the answer, and a sixteenth for a refusal.
        clock.Advance(TimeSpan.FromSeconds(15 / 16d));
        RecordResult result = await invocation;
        Assert.Equal((RecordStatus.Failed, true), (result.Status, result.Reason!.Contains("time of the invocation ran out", StringComparison.Ordinal)));
    }

    /// <summary>A throttled S3 must not be hammered: retries are paid from a budget, and when it is spent each request is made once.</summary>
    [Fact]
    public async Task A_retry_budget_that_is_used_up_loses_nothing()
    {
        const int Photos = 120;
        bool throttled = true;
        await using ScriptedServer server = new(request =>
            throttled ? ScriptedAnswer.S3Error(503, "SlowDown") : request.Method == "GET" ? ScriptedAnswer.S3Object(Pictures.Jpeg48x32) : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}");
        run.Context.RemainingTime = TimeSpan.FromSeconds(60);
        IEnumerable<Task<RecordResult>> all = Enumerable.Range(0, Photos).Select(i => run.InvokeOneAsync(FunctionRun.Put("photos", $"input/{i}.jpg")));
        RecordResult[] failed = await Task.WhenAll(all);
        Assert.All(failed, result => Assert.Equal(RecordStatus.Failed, result.Status));
        Assert.InRange(server.Requests.Count, Photos, (Photos * Attempts) - 1);

        throttled = false;
        foreach (int i in Enumerable.Range(0, Photos))
        {
            Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put("photos", $"input/{i}.jpg"))).Status);
        }
    }

    private static ScriptedAnswer Answer(Fault fault) => fault switch
    {
        Fault.InternalError => ScriptedAnswer.S3Error(500, "InternalError"),
        Fault.SlowDown => ScriptedAnswer.S3Error(503, "SlowDown"),
        Fault.ResetBeforeTheAnswer => ScriptedAnswer.None,
        _ => new ScriptedAnswer("HTTP/1.1 200 OK\r\nETag: \"0123"u8.ToArray(), Afterwards.Reset),
    };

    /// <summary>All combinations of a step and a fault.</summary>
    private sealed class CombinatorialDataAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from step in Enum.GetValues<S3Step>() from fault in Enum.GetValues<Fault>() select new object[] { step, fault };
    }

    /// <summary>An S3 with one photo, or one thumbnail whose photo is gone, in which one step goes wrong.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly S3Step _step;
        private readonly ScriptedServer _server;
        private readonly FunctionRun _run;

        public World(S3Step step, ScriptedAnswer fault, int times, TimeProvider? clock = null)
        {
            _step = step;
            _server = new ScriptedServer(request => StepOf(request) == step && Tries++ < times ? fault : Normal(request));
            _run = new FunctionRun($"http://{_server.Address}", new Thumbnailer(), clock ?? TimeProvider.System, step == S3Step.DeleteOriginal ? ["DELETE_ORIGINAL=true"] : []);
        }

        /// <summary>How often the step was tried.</summary>
        public int Tries { get; private set; }

        /// <summary>The status of the record without a fault.</summary>
        public RecordStatus Good => IsDeletion ? RecordStatus.Deleted : RecordStatus.Made;

        /// <summary>Completes when the server stalls.</summary>
        public Task Stalled => _server.Stalled;

        public string Log => _run.Log;

        private bool IsDeletion => _step is S3Step.DeleteThumbnail or S3Step.LookBackAfterDeletion;

        public Task<RecordResult> InvokeAsync(TimeSpan remaining = default)
        {
            _run.Context.RemainingTime = remaining;
            return _run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg", _step is S3Step.ProbeThumbnail || IsDeletion ? "ObjectRemoved:Delete" : "ObjectCreated:Put"));
        }

        public async ValueTask DisposeAsync()
        {
            _run.Dispose();
            await _server.DisposeAsync();
        }

        private static bool IsOfThumbnail(ScriptedRequest request) => request.Target.StartsWith("/photos/output/", StringComparison.Ordinal);

        private S3Step StepOf(ScriptedRequest request) => request.Method switch
        {
            "GET" => S3Step.ReadPhoto,
            "PUT" => S3Step.WriteThumbnail,
            "DELETE" => IsOfThumbnail(request) ? S3Step.DeleteThumbnail : S3Step.DeleteOriginal,
            _ when IsOfThumbnail(request) => S3Step.ProbeThumbnail,
            _ => IsDeletion ? S3Step.LookBackAfterDeletion : S3Step.LookBack,
        };

        private ScriptedAnswer Normal(ScriptedRequest request) => StepOf(request) switch
        {
            S3Step.ReadPhoto => IsDeletion ? ScriptedAnswer.S3Error(404, "NoSuchKey") : ScriptedAnswer.S3Object(Pictures.Jpeg48x32),
            S3Step.ProbeThumbnail => IsDeletion ? ScriptedAnswer.Of(200, [], "x-amz-meta-source-etag: 0123") : ScriptedAnswer.Absent,
            S3Step.DeleteThumbnail or S3Step.DeleteOriginal => ScriptedAnswer.Of(204, []),
            S3Step.LookBackAfterDeletion => ScriptedAnswer.Absent,
            _ => ScriptedAnswer.Stored,
        };
    }
}
