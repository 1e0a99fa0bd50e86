using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Commands;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests;

/// <summary>The command, run as its own process, with a function written in Python.</summary>
public sealed partial class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public void Photos_become_thumbnails_and_no_other_files_remain()
    {
        string[] photos = [Write("a/one.jpg", "photo 1"), Write("b/one.jpg", "photo 2"), Write("b/ü +%.png", "photo 3"), Write("one.gif", "photo 4")];
        (int exitCode, string? output, string? error) = Run(["--out", _folder["out"], .. photos]);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(["one-2.png", "one-3.png", "one.png", "ü +%.png"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("thumbnail of photo 1", File.ReadAllText(_folder["out/one.png"]));
        Assert.Equal("thumbnail of photo 2", File.ReadAllText(_folder["out/one-2.png"]));
        Assert.Equal("thumbnail of photo 4", File.ReadAllText(_folder["out/one-3.png"]));
        Assert.Matches(@"(?m)^.*a/one.jpg +40x30 +7 B +20x20 +20 B +1\.[23]\n +thumbnail: one.png$", output);
        Assert.Matches(@"(?m)^4 made, [0-9.]+ s, 28 B -> 80 B, in .*out$", output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["tmp"]));
        Assert.Equal("", error);
    }

    [PythonFact]
    public void A_refused_photo_shows_its_reason()
    {
        (int exitCode, string? output, string _) = Run(["--out", _folder["out"], "--input", "in/", "--output", "out/", Write("good.jpg", "photo"), Write("bad.jpg", "text")]);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^.*bad.jpg +4 B\n    rejected: not a photo$", output);
        Assert.Matches("(?m)^1 made, 1 rejected, ", output);
        Assert.True(File.Exists(_folder["out/good.png"]));
        Assert.False(File.Exists(_folder["out/bad.png"]));
    }

    [PythonFact]
    public void A_photo_that_kills_the_function_does_not_keep_the_others_from_their_thumbnails()
    {
        (int exitCode, string? output, string? error) = Run(["--out", _folder["out"], Write("evil.jpg", "crash"), Write("good.jpg", "photo")]);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^.*evil.jpg .*\n    failed: .*exit", output);
        Assert.True(File.Exists(_folder["out/good.png"]));
        Assert.Contains("function process", error, StringComparison.Ordinal);
    }

    [PythonFact]
    public void Mistakes_on_the_command_line_are_reported()
    {
        Assert.Contains("There is no photo nowhere.jpg", Refused("nowhere.jpg"), StringComparison.Ordinal);
        Assert.Contains("There is no photo in ", Refused(_folder.Path), StringComparison.Ordinal);
        Assert.Equal("There is no option --bogus. Try ./run.sh --help.\n", Refused("--bogus", "3"));
        Assert.Equal("There is no option --size: settings are environment variables, THUMBNAIL_SIZE=3x3 ./run.sh PHOTO. Try ./run.sh --help.\n", Refused("--size", "3x3"));
        Assert.Equal("There is no option --max-pixels: settings are environment variables, MAX_PIXELS=9 ./run.sh PHOTO. Try ./run.sh --help.\n", Refused("--max-pixels=9"));
        Assert.Contains("--memory-size is '64', expected a number from 128 to 10240", Refused("--memory-size", "64"), StringComparison.Ordinal);
        Assert.Contains("--host is 'example.com'", Refused("--host", "example.com"), StringComparison.Ordinal);
        Assert.Contains("--timeout is '1h'", Refused("--timeout", "1h"), StringComparison.Ordinal);
        Assert.Contains("--port is '70000'", Refused("--port", "70000"), StringComparison.Ordinal);
        Assert.Contains("--out needs a value", Refused("--out"), StringComparison.Ordinal);
        Assert.Contains("cannot be a bucket", Refused("--bucket", "No", "--data", _folder["data"], "--port", "0", "--page-port", "0", "--lambda-port", "0"), StringComparison.Ordinal);
    }

    [PythonTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serving_ends_cleanly_on_a_signal(string signal)
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder);
        await program.LineAsync($"aws --endpoint-url {program.Endpoint.ToString().TrimEnd('/')} s3 cp PHOTO s3://photos/input/");
        int function = int.Parse((await program.LineAsync("function | function process")).Split(' ')[^1], CultureInfo.InvariantCulture);

        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using StringContent content = new("photo");
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(new Uri(program.Endpoint, "/photos/input/p.jpg"), content)).StatusCode);
        await program.LineAsync("s3://photos/input/p.jpg", "->", "s3://photos/output/p.jpg");
        Assert.Equal("thumbnail of photo", await File.ReadAllTextAsync(_folder["data/photos/output/p.jpg"]));

        Assert.Equal(HttpStatusCode.NoContent, (await http.DeleteAsync(new Uri(program.Endpoint, "/photos/input/p.jpg"))).StatusCode);
        await program.LineAsync("s3://photos/input/p.jpg", "deleted: gone");
        Assert.False(File.Exists(_folder["data/photos/output/p.jpg"]));

        using StringContent json = new("""{"do":"environment"}""");
        using HttpResponseMessage environment = await http.PostAsync(new Uri(program.LambdaEndpoint, "/2015-03-31/functions/ResizeImage/invocations"), json);
        Assert.Contains(program.Endpoint.ToString().TrimEnd('/'), await environment.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(0, await program.EndAsync(signal));
        Assert.False(PythonFunction.Runs(function));
    }

    [PythonFact]
    public async Task The_limits_and_settings_reach_the_function_and_nothing_else()
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder, "--memory-size", "256", "--timeout", "7", "--input", "in/");
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using StringContent json = new("""{"do":"environment"}""");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(program.LambdaEndpoint, "/2015-03-31/functions/ResizeImage/invocations"), json);
        Dictionary<string, string> environment = JsonSerializer.Deserialize<Dictionary<string, string>>(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("256", "in/"), (environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], environment["INPUT_PREFIX"]));
        Assert.All(
            environment.Keys.Where(name => !name.StartsWith("AWS_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_", StringComparison.Ordinal)),
            name => Assert.Contains(name, FunctionSettings.Variables.Concat(["PATH", "LD_LIBRARY_PATH", "LAMBDA_TASK_ROOT", "LANG", "LC_CTYPE", "TMPDIR", "TZ"])));
    }

    [Fact]
    public void Every_documented_setting_is_passed_on()
    {
        string text = File.ReadAllText(Repository.Path("docs", "settings.md"));
        int start = text.IndexOf("## Variables", StringComparison.Ordinal);
        string[] settings = [.. Setting().Matches(text[start..text.IndexOf("\n## ", start, StringComparison.Ordinal)]).Select(match => match.Groups[1].Value)];
        Assert.Contains("THUMBNAIL_SIZE", settings);
        Assert.Empty(settings.Except(FunctionSettings.Variables));
    }

    private string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], content);
        return _folder[name];
    }

    private string Refused(params string[] arguments)
    {
        (int exitCode, string _, string? error) = Run(arguments);
        Assert.Equal(2, exitCode);
        return error;
    }

    private (int ExitCode, string Output, string Error) Run(string[] arguments)
    {
        using Process process = Process.Start(LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
        return (process.ExitCode, output.Result, error.Result);
    }

    [GeneratedRegex(@"(?m)^\| `([A-Z_]+)` \|")]
    private static partial Regex Setting();
}
