using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Lambda;

public sealed class FunctionProcessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _output = [];
    private RuntimeApi _api = null!;
    private FunctionProcess? _function;

    /// <summary>No test waits for the time limit on a busy machine, but the one that is about it, which has a shorter one.</summary>
    public Task InitializeAsync() => StartApiAsync(TimeSpan.FromSeconds(60));

    public async Task DisposeAsync()
    {
        if (_function is not null)
        {
            await _function.DisposeAsync();
        }

        await _api.DisposeAsync();
        _folder.Dispose();
    }

    [PythonFact]
    public async Task The_function_has_the_environment_of_Lambda()
    {
        InvocationResult result = await Start().InvokeJsonAsync(_api, """{"do":"environment"}""");
        Dictionary<string, string> environment = JsonSerializer.Deserialize<Dictionary<string, string>>(result.PayloadText)!;
        Assert.Matches($"^{Regex.Escape(_api.Endpoint)}/[0-9a-f]{{32}}$", environment["AWS_LAMBDA_RUNTIME_API"]);
        Assert.Equal("ResizeImage", environment["AWS_LAMBDA_FUNCTION_NAME"]);
        Assert.Equal("$LATEST", environment["AWS_LAMBDA_FUNCTION_VERSION"]);
        Assert.Equal("128", environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        Assert.Equal("us-east-1", environment["AWS_REGION"]);
        Assert.Equal("http://127.0.0.1:9", environment["AWS_ENDPOINT_URL_S3"]);
        Assert.Equal(_folder.Path, environment["LAMBDA_TASK_ROOT"]);
        Assert.Equal("local", environment["AWS_ACCESS_KEY_ID"]);
        Assert.Equal("300x300", environment["THUMBNAIL_SIZE"]);
    }

    [Fact]
    public void The_function_gets_only_the_environment_of_this_machine_that_it_needs()
    {
        Dictionary<string, string?> environment = new()
        {
            ["AWS_PROFILE"] = "work",
            ["AWS_ENDPOINT_URL"] = "https://real",
            ["AWS_ACCESS_KEY_ID"] = "real",
            ["AWS_LAMBDA_LOG_LEVEL"] = "TRACE",
            ["HOME"] = "/home/me",
            ["HTTP_PROXY"] = "http://proxy",
            ["THUMBNAIL_SIZE"] = "1x1",
            ["PATH"] = "/bin",
            ["DOTNET_ROOT"] = "/dotnet",
        };
        LambdaEnvironment.Apply(environment, new RuntimeApiOptions { FunctionName = "f", MemorySize = 256 }, "/var/task", "127.0.0.1:1", null);
        Assert.DoesNotContain(environment.Keys, name => name is "AWS_PROFILE" or "AWS_ENDPOINT_URL" or "AWS_LAMBDA_LOG_LEVEL" or "HOME" or "HTTP_PROXY" or "THUMBNAIL_SIZE");
        Assert.Equal(("local", "256", "/bin", "/dotnet"), (environment["AWS_ACCESS_KEY_ID"], environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], environment["PATH"], environment["DOTNET_ROOT"]));
    }

    [PythonFact]
    public async Task An_event_outlives_the_process_that_dies_over_it()
    {
        FunctionProcess function = Start();
        InvocationResult result = await function.InvokeJsonAsync(_api, $$"""{"do":"exit once","file":"{{_folder["died"]}}"}""", InvocationType.Event);
        Assert.Equal((null, "\"exit once\"", 2), (result.FunctionError, result.PayloadText, result.Attempts));
        Assert.Equal(2, function.Starts);
    }

    [PythonFact]
    public async Task A_request_fails_with_the_process()
    {
        FunctionProcess function = Start();
        InvocationResult result = await function.InvokeJsonAsync(_api, """{"do":"exit","code":7}""");
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Contains("Runtime.ExitError", result.PayloadText, StringComparison.Ordinal);
        Assert.Contains("exit status 7", result.PayloadText, StringComparison.Ordinal);
        Assert.Equal("\"again\"", (await function.InvokeJsonAsync(_api, """{"do":"again"}""")).PayloadText);
    }

    [PythonFact]
    public async Task A_process_that_dies_but_leaves_a_child_is_replaced()
    {
        FunctionProcess function = Start();
        int child = int.Parse((await function.InvokeJsonAsync(_api, """{"do":"child"}""")).PayloadText, CultureInfo.InvariantCulture);
        await function.InvokeJsonAsync(_api, """{"do":"exit","code":7}""");
        Assert.Equal("\"again\"", (await function.InvokeJsonAsync(_api, """{"do":"again"}""")).PayloadText);
        ExternalProgram.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill {child}")]);
    }

    [PythonFact]
    public async Task A_function_that_exceeds_its_time_is_killed_and_restarted()
    {
        await _api.DisposeAsync();
        await StartApiAsync(TimeSpan.FromSeconds(3));
        FunctionProcess function = Start();
        InvocationResult result = await function.InvokeJsonAsync(_api, """{"do":"sleep"}""");
        Assert.Contains("Sandbox.Timedout", result.PayloadText, StringComparison.Ordinal);
        Assert.Equal("\"again\"", (await function.InvokeJsonAsync(_api, """{"do":"again"}""")).PayloadText);
        Assert.Equal(2, function.Starts);
    }

    [PythonFact]
    public async Task After_all_attempts_of_an_event_have_killed_the_function_the_next_event_succeeds()
    {
        FunctionProcess function = Start();
        InvocationResult result = await function.InvokeJsonAsync(_api, """{"do":"exit","code":7}""", InvocationType.Event);
        Assert.Equal(("Unhandled", 3), (result.FunctionError, result.Attempts));
        Assert.Equal("\"again\"", (await function.InvokeJsonAsync(_api, """{"do":"again"}""")).PayloadText);
        Assert.Equal(4, function.Starts);
    }

    [PythonFact]
    public async Task A_function_killed_during_an_event_gets_the_event_again()
    {
        FunctionProcess function = Start();
        int first = function.ProcessId!.Value;
        Task<InvocationResult> invoked = function.InvokeJsonAsync(_api, $$"""{"do":"sleep once","file":"{{_folder["sleeps"]}}"}""", InvocationType.Event);
        await Eventually.TrueAsync(() => File.Exists(_folder["sleeps"]), "the function does not work on it");
        ExternalProgram.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -9 {first}")]);
        InvocationResult result = await invoked;
        Assert.Equal((null, "\"sleep once\"", 2), (result.FunctionError, result.PayloadText, result.Attempts));
        Assert.NotNull(result.InitDuration);
        lock (_output)
        {
            Assert.Contains("ended: signal: killed; starting it again", _output);
        }
    }

    [ToolFact("/proc/self/status")]
    public async Task A_function_that_exceeds_its_memory_is_killed_and_restarted()
    {
        FunctionProcess function = Start();
        InvocationResult small = await function.InvokeJsonAsync(_api, """{"do":"allocate","megabytes":50}""");
        Assert.Equal((null, "50"), (small.FunctionError, small.PayloadText));
        Assert.InRange(small.MaxMemoryUsed!.Value, 50L << 20, 128L << 20);
        InvocationResult large = await function.InvokeJsonAsync(_api, """{"do":"allocate","megabytes":200}""");
        Assert.Equal("Unhandled", large.FunctionError);
        Assert.Matches("Error: Runtime exited with error: signal: killed\",\"errorType\":\"Runtime.OutOfMemory\"}$", large.PayloadText);
        Assert.Equal("\"again\"", (await function.InvokeJsonAsync(_api, """{"do":"again"}""")).PayloadText);
        lock (_output)
        {
            Assert.Contains(_output, line => line.Contains("more than 128 MB", StringComparison.Ordinal));
        }
    }

    [PythonFact]
    public async Task Only_the_first_invocation_of_a_process_is_a_cold_start()
    {
        FunctionProcess function = Start();
        Assert.InRange((await function.InvokeJsonAsync(_api, """{"do":"a"}""")).InitDuration!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20));
        Assert.Null((await function.InvokeJsonAsync(_api, """{"do":"b"}""")).InitDuration);
    }

    [PythonFact]
    public async Task A_function_that_always_exits_is_not_restarted_forever()
    {
        FunctionProcess function = Start(("MODE", "crash"));
        InvocationResult result = await function.InvokeJsonAsync(_api, "{}", InvocationType.Event);
        Assert.Contains("ended 3 times", result.PayloadText, StringComparison.Ordinal);
        Assert.Contains("exit status 5", result.PayloadText, StringComparison.Ordinal);
        Assert.Equal(3, function.Starts);
        Assert.Null(function.ProcessId);
    }

    /// <summary>Only failures to start that follow each other count.</summary>
    [PythonFact]
    public async Task One_that_started_in_between_is_not_given_up()
    {
        FunctionProcess function = Start(("MODE", "every third starts"), ("STARTS", _folder["starts"]));
        InvocationResult died = await function.InvokeJsonAsync(_api, """{"do":"exit","code":1}""");
        Assert.Contains("exit status 1", died.PayloadText, StringComparison.Ordinal);
        Assert.Equal("\"hello\"", (await function.InvokeJsonAsync(_api, """{"do":"hello"}""")).PayloadText);
        Assert.Equal(6, function.Starts);
    }

    [PythonFact]
    public async Task A_function_that_reports_an_init_error_is_not_restarted()
    {
        FunctionProcess function = Start(("MODE", "init error"));
        InvocationResult result = await function.InvokeJsonAsync(_api, "{}", InvocationType.Event);
        Assert.Contains("MODE is bad", result.PayloadText, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => function.ProcessId is null, "the process did not end");
        await Task.Delay(500);
        Assert.Equal(1, function.Starts);
    }

    [PythonFact]
    public async Task Disposal_ends_all_processes_of_the_function()
    {
        FunctionProcess function = Start();
        int child = int.Parse((await function.InvokeJsonAsync(_api, """{"do":"child"}""")).PayloadText, CultureInfo.InvariantCulture);
        int process = function.ProcessId!.Value;
        Assert.True(PythonFunction.Runs(process));
        Assert.True(PythonFunction.Runs(child));
        string temporary = JsonSerializer.Deserialize<Dictionary<string, string>>((await function.InvokeJsonAsync(_api, """{"do":"environment"}""")).PayloadText)!["TMPDIR"];
        Assert.True(Directory.Exists(temporary));
        await function.DisposeAsync();
        _function = null;
        await Eventually.TrueAsync(() => !PythonFunction.Runs(process) && !PythonFunction.Runs(child), "a process is left");
        Assert.False(Directory.Exists(temporary));
        lock (_output)
        {
            Assert.Contains($"function process {process}", _output);
        }
    }

    [Fact]
    public void A_function_that_cannot_be_started_is_reported()
    {
        LocalCloudException missing = Assert.Throws<LocalCloudException>(() => FunctionProcess.Start(new FunctionProcessOptions { Path = _folder["missing"] }, _api));
        Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["text"], "no program");
        LocalCloudException noProgram = Assert.Throws<LocalCloudException>(() => FunctionProcess.Start(new FunctionProcessOptions { Path = _folder["text"] }, _api));
        Assert.Contains("cannot be started", noProgram.Message, StringComparison.Ordinal);
    }

    private async Task StartApiAsync(TimeSpan timeout) =>
        _api = await RuntimeApi.StartAsync(new RuntimeApiOptions { MemorySize = 128, Timeout = timeout, RetryDelays = [TimeSpan.Zero, TimeSpan.Zero] });

    private FunctionProcess Start(params (string Name, string Value)[] environment) => _function = FunctionProcess.Start(
        new FunctionProcessOptions
        {
            Path = PythonFunction.Write(_folder),
            S3 = new Uri("http://127.0.0.1:9"),
            Environment = environment.Append(("THUMBNAIL_SIZE", "300x300")).ToDictionary(pair => pair.Item1, pair => pair.Item2),
            Output = line =>
            {
                lock (_output)
                {
                    _output.Add(line);
                }
            },
        },
        _api);
}

internal static class FunctionProcessInvocation
{
    /// <summary>Invokes with a text, with a timeout.</summary>
    public static Task<InvocationResult> InvokeJsonAsync(
        this FunctionProcess function, RuntimeApi api, string payload, InvocationType type = InvocationType.RequestResponse)
    {
        Assert.NotEqual(0, function.Starts);
        return api.InvokeAsync(Encoding.UTF8.GetBytes(payload), type).WaitAsync(TimeSpan.FromSeconds(90));
    }
}
