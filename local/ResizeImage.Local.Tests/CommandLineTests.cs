using System.Net;

namespace ResizeImage.Local.Tests;

/// <summary>Command-line options that can be tested without a function; <see cref="ProgramTests"/> has the refusals.</summary>
public class CommandLineTests
{
    [Fact]
    public void Without_options_the_defaults_apply()
    {
        CommandLine line = Parse();
        Assert.Empty(line.Photos);
        Assert.Null(line.Function);
        Assert.Equal(("thumbnails", ".local", "photos", 512, 60d), (line.Out, line.Data, line.Bucket, line.MemorySize, line.Timeout.TotalSeconds));
        Assert.Equal((4566, 4567, 3001), (line.Port.Number, line.PagePort.Number, line.LambdaPort.Number));
        Assert.Equal((100, 100, 100), (line.Port.Further, line.PagePort.Further, line.LambdaPort.Further));
        Assert.Equal((IPAddress.Loopback, null, null, false), (line.Host, line.Input, line.Output, line.Samples));
    }

    [Fact]
    public void Options_and_photos_mix()
    {
        CommandLine line = Parse("a.jpg", "--port=80", "--samples", "b.jpg", "--host", "localhost", "--timeout", "7", "--page-port", "0", "--input", "");
        Assert.Equal(["a.jpg", "b.jpg"], line.Photos);
        Assert.Equal((new PortArgument(80, true), new PortArgument(0, true)), (line.Port, line.PagePort));
        Assert.Equal((IPAddress.Loopback, TimeSpan.FromSeconds(7), "", true), (line.Host, line.Timeout, line.Input, line.Samples));
    }

    [Fact]
    public void The_page_follows_the_port_of_S3() =>
        Assert.Equal((81, 0, 0), (Parse("--port", "80").PagePort.Number, Parse("--port", "0").PagePort.Number, Parse("--port", "65535").PagePort.Number));

    [Fact]
    public void The_last_of_a_repeated_option_counts_or_all_of_them()
    {
        CommandLine line = Parse("--function", "a", "--function", "b", "--allow-host", "x", "--allow-host", "y", "--allow-origin", "http://z/");
        Assert.Equal("b", line.Function);
        Assert.Equal(["x", "y"], line.AllowedHosts);
        Assert.Equal(["http://z"], line.AllowedOrigins);
    }

    [Fact]
    public void Photos_may_have_any_name() => Assert.Equal(
        ["@x.jpg", "[y].jpg", "/?", "--out", "-z.jpg", "--samples"], Parse("@x.jpg", "[y].jpg", "/?", "--", "--out", "-z.jpg", "--samples").Photos);

    [Theory]
    [InlineData("There is no option --size: settings are environment variables, THUMBNAIL_SIZE=… ./run.sh PHOTO. Try ./run.sh --help.", "--size")]
    [InlineData("There is no option -x. Try ./run.sh --help.", "a.jpg", "-x", "--", "-y.jpg")]
    [InlineData("The option --port needs a value. Try ./run.sh --help.", "--port", "--out", "x")]
    [InlineData("The option --data needs a value. Try ./run.sh --help.", "--data", "x", "--data")]
    public void An_invalid_command_line_gets_advice(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<LocalCloudException>(() => CommandLineParser.Parse(arguments)).Message);

    private static CommandLine Parse(params string[] arguments) => CommandLineParser.Parse(arguments)!;
}
