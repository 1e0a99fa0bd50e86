namespace ResizeImage.Tests.Support;

/// <summary>Gives out events, then lets the function wait for more.</summary>
internal sealed class RuntimeScript(ScriptedAnswer[] events)
{
    public static readonly ScriptedAnswer Accepted = ScriptedAnswer.Of(202, "{\"status\":\"OK\"}"u8.ToArray(), "Content-Type: application/json");

    /// <summary>X-Ray trace header of every invocation.</summary>
    public const string TraceId = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;

    /// <summary>A sample event, as the Runtime API gives it to the function.</summary>
    public static ScriptedAnswer Event(string file, string requestId, TimeSpan? time = null) =>
        EventOf(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "events", file)), requestId, time);

    /// <summary>An event, as the Runtime API gives it to the function.</summary>
    public static ScriptedAnswer EventOf(byte[] json, string requestId, TimeSpan? time = null) => ScriptedAnswer.Of(
        200,
        json,
        "Content-Type: application/json",
        $"Lambda-Runtime-Aws-Request-Id: {requestId}",
        $"Lambda-Runtime-Deadline-Ms: {DateTimeOffset.UtcNow.Add(time ?? TimeSpan.FromMinutes(1)).ToUnixTimeMilliseconds()}",
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:thumbnails",
        $"Lambda-Runtime-Trace-Id: {TraceId}");

    /// <summary>Answers a request of the function.</summary>
    public ScriptedAnswer Answer(ScriptedRequest request)
    {
        if (request.Method == "POST")
        {
            return Accepted;
        }

        if (_next < events.Length)
        {
            return events[_next++];
        }

        _idle.SetResult();
        return new ScriptedAnswer([], Afterwards.Stall);
    }

    /// <summary>Waits until the function has taken and answered all events.</summary>
    public async Task WaitForIdleAsync(FunctionExecutable function)
    {
        try
        {
            await _idle.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            Assert.Fail("The function did not come back for the next event. It wrote: " + function.Output);
        }
    }
}
