using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests;

/// <summary>The command, run as its own process, with a function written in Python.</summary>
public sealed partial class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public void Photos_become_thumbnails_and_nothing_else_is_left()
    {
        string[] photos = [Write("a/one.jpg", "photo 1"), Write("b/one.jpg", "photo 2"), Write("b/ü +%.png", "photo 3"), Write("one.gif", "photo 4")];
        var (exitCode, output, error) = Run(["--out", _folder["out"], .. photos]);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(["one-2.png", "one-3.png", "one.png", "ü +%.png"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("thumbnail of photo 1", File.ReadAllText(_folder["out/one.png"]));
        Assert.Equal("thumbnail of photo 2", File.ReadAllText(_folder["out/one-2.png"]));
        Assert.Equal("thumbnail of photo 4", File.ReadAllText(_folder["out/one-3.png"]));
        Assert.Matches(@"(?m)^.*a/one.jpg +40x30 +7 B +20x20 +20 B +1\.[23] +.*out/one.png$", output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["tmp"]));
        Assert.Equal("", error);
    }

    [PythonFact]
    public void A_refused_photo_shows_its_reason()
    {
        var (exitCode, output, _) = Run(["--out", _folder["out"], "--input", "in/", "--output", "out/", Write("good.jpg", "photo"), Write("bad.jpg", "text")]);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^.*bad.jpg .* rejected: not a photo$", output);
        Assert.True(File.Exists(_folder["out/good.png"]));
        Assert.False(File.Exists(_folder["out/bad.png"]));
    }

    [PythonFact]
    public void A_photo_that_kills_the_function_does_not_keep_the_others_from_their_thumbnails()
    {
        var (exitCode, output, error) = Run(["--out", _folder["out"], Write("evil.jpg", "crash"), Write("good.jpg", "photo")]);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^.*evil.jpg .* failed: .*exit", output);
        Assert.True(File.Exists(_folder["out/good.png"]));
        Assert.Contains("function process", error, StringComparison.Ordinal);
    }

    [PythonFact]
    public void Mistakes_on_the_command_line_are_told()
    {
        Assert.Contains("There is no photo nowhere.jpg", Refused("nowhere.jpg"), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refused(_folder.Path), StringComparison.Ordinal);
        Assert.Contains("no option --size", Refused("--size", "3"), StringComparison.Ordinal);
        Assert.Contains("--port is '70000'", Refused("--port", "70000"), StringComparison.Ordinal);
        Assert.Contains("--out needs a value", Refused("--out"), StringComparison.Ordinal);
        Assert.Contains("cannot be a bucket", Refused("--bucket", "No", "--data", _folder["data"], "--port", "0"), StringComparison.Ordinal);
    }

    [PythonTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serving_ends_cleanly_on_a_signal(string signal)
    {
        using var process = Start(["--port", "0", "--data", _folder["data"]]);
        var endpoint = new Uri(Url().Match(await LineAsync(process, "S3 serves")).Value);
        Assert.Contains($"aws --endpoint-url {endpoint.ToString().TrimEnd('/')} s3 cp PHOTO s3://photos/input/", await LineAsync(process, " aws "), StringComparison.Ordinal);
        int function = int.Parse((await LineAsync(process, "function | function process")).Split(' ')[^1], CultureInfo.InvariantCulture);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent("photo");
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(new Uri(endpoint, "/photos/input/p.jpg"), content)).StatusCode);
        Assert.Contains("s3://photos/output/p.jpg", await LineAsync(process, "s3://photos/input/p.jpg"), StringComparison.Ordinal);
        Assert.Equal("thumbnail of photo", await File.ReadAllTextAsync(_folder["data/photos/output/p.jpg"]));

        Assert.Equal(HttpStatusCode.NoContent, (await http.DeleteAsync(new Uri(endpoint, "/photos/input/p.jpg"))).StatusCode);
        Assert.Contains("deleted: gone", await LineAsync(process, "s3://photos/input/p.jpg"), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["data/photos/output/p.jpg"]));

        ExternalProgram.Run("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process.Id}")]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, process.ExitCode);
        Assert.False(PythonFunction.Runs(function));
    }

    private string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], content);
        return _folder[name];
    }

    private string Refused(params string[] arguments)
    {
        var (exitCode, _, error) = Run(arguments);
        Assert.Equal(2, exitCode);
        return error;
    }

    private (int ExitCode, string Output, string Error) Run(string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
        return (process.ExitCode, output.Result, error.Result);
    }

    private Process Start(string[] arguments)
    {
        Directory.CreateDirectory(_folder["tmp"]);

        // A background job of a shell inherits that Ctrl-C is ignored, and so would the program: Python restores it and becomes the program.
        const string WithCtrlC = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])";
        var start = new ProcessStartInfo(
            ExternalProgram.Python()!,
            ["-c", WithCtrlC, "dotnet", Path.Join(AppContext.BaseDirectory, "ResizeImage.Local.dll"), "--function", PythonFunction.Write(_folder), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TMPDIR"] = _folder["tmp"];

        // Or the runtime leaves its diagnostic socket there for as long as it runs.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }

    private static async Task<string> LineAsync(Process process, string containing)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(containing, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without a line containing '{containing}': {await process.StandardError.ReadToEndAsync()}");
    }

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Url();
}
