using ResizeImage.Configuration;
using ResizeImage.Hosting;
using ResizeImage.Imaging;

namespace ResizeImage.Tests;

/// <summary>The function's work before its first event.</summary>
public class PrimingTests
{
    [Theory]
    [InlineData]
    [InlineData("INPUT_PREFIX=", "OUTPUT_BUCKET=thumbnails")]
    [InlineData("THUMBNAIL_FORMAT=png", "REPORT_PREFIX=reports/", "METRICS_NAMESPACE=Photos")]
    [InlineData("THUMBNAIL_FIT=inside", "OUTPUT_KEY={name}-{width}.{format}")]
    public async Task Priming_succeeds_with_any_settings(params string[] environment)
    {
        Dictionary<string, string> variables = environment.Append("AWS_REGION=eu-central-1")
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Null(await Priming.RunAsync(Settings.Read(variables.GetValueOrDefault), new Thumbnailer(), variables.GetValueOrDefault));
    }

    [Fact]
    public async Task An_error_of_priming_is_returned_and_not_thrown()
    {
        Settings settings = new() { Outputs = [new("a", new() { Limits = new() { MaxPixels = 1000 } })] };
        Assert.Contains("MAX_PIXELS", await Priming.RunAsync(settings, new Thumbnailer(), name => name == "AWS_REGION" ? "eu-central-1" : null), StringComparison.Ordinal);
    }

    /// <summary>The function's own connections tell what is wrong.</summary>
    [Theory]
    [InlineData("https://127.0.0.1:9")]
    [InlineData("https://no-such-host.invalid")]
    [InlineData("no URL")]
    public async Task Without_a_way_to_S3_nothing_is_thrown(string endpoint) =>
        Assert.Null(await Record.ExceptionAsync(() => ConnectionPriming.RunAsync(Variables(endpoint))));

    /// <summary>There is nothing to prime, and a local S3 need not see a request that nobody made.</summary>
    [Fact]
    public async Task An_endpoint_without_TLS_gets_no_request()
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.Stored);
        await ConnectionPriming.RunAsync(Variables($"http://{server.Address}"));
        Assert.Equal(0, server.Connections);
    }

    private static Func<string, string?> Variables(string endpoint) =>
        name => name switch { "AWS_REGION" => "eu-central-1", "AWS_ENDPOINT_URL_S3" => endpoint, _ => null };
}
