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
}
