using System.Diagnostics;

namespace ResizeImage.Tests.Browser;

/// <summary>The page in a real browser, with the whole local cloud: each scenario is a script for Playwright.</summary>
public class BrowserTests
{
    [BrowserTheory]
    [InlineData("upload")]
    [InlineData("replace")]
    [InlineData("previews")]
    [InlineData("settings")]
    [InlineData("outputs")]
    [InlineData("serving")]
    [InlineData("events")]
    [InlineData("keyboard")]
    [InlineData("reconnect")]
    [InlineData("samples")]
    [InlineData("details")]
    [InlineData("triggers")]
    [InlineData("faults")]
    [InlineData("inputs")]
    [InlineData("theme")]
    [InlineData("sdk")]
    [InlineData("strangers")]
    [InlineData("looks")]
    public async Task Scenario(string name)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Browser", name + ".mjs")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LOCAL"] = Path.Combine(AppContext.BaseDirectory, "ResizeImage.Local.dll");
        start.Environment["FUNCTION"] = FunctionFile.Path;
        start.Environment["CORPUS"] = Corpus.Root;
        start.Environment["CHROMIUM"] = BrowserTheoryAttribute.Chromium;
        start.Environment["NODE_MODULES"] = BrowserTheoryAttribute.Modules;
        start.Environment["FRONT_ENDS"] = Repository.Path("docs", "front-ends.md");
        start.Environment["SCREENSHOTS"] = Repository.Path("artifacts", "page");
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        Task<string> errors = node.StandardError.ReadToEndAsync();
        try
        {
            await node.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
            Assert.True(node.ExitCode == 0, await output + await errors);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>A theory that needs Chromium, Node.js, the corpus, and packages of npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public static readonly string Modules = Repository.Path("artifacts", "tools", "node_modules");

    public const string Chromium = "/usr/bin/chromium";

    public BrowserTheoryAttribute() => Skip = new CorpusFactAttribute(
        "node", Chromium, Path.Combine(Modules, "playwright-core", "package.json"), Path.Combine(Modules, "axe-core", "package.json"),
        Path.Combine(Modules, "@aws-sdk", "s3-request-presigner", "package.json")).Skip;
}
