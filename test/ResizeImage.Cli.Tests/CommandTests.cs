using System.Text.Json;
using ResizeImage.Imaging;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Cli.Tests;

/// <summary>What the commands print, write and exit with.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("thumbnail-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A photo, which is a thumbnail that the engine makes of a bitmap of one pixel.</summary>
    private string WriteJpeg(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        byte[] pixel = new byte[58];
        (pixel[0], pixel[1], pixel[2], pixel[10], pixel[14], pixel[18], pixel[22], pixel[26], pixel[28]) = ((byte)'B', (byte)'M', 58, 54, 40, 1, 1, 1, 24);
        File.WriteAllBytes(path, new Imaging.Thumbnailer().Make(pixel, new Imaging.ThumbnailOptions()).Data);
        return path;
    }

    [SamplesFact]
    public void Make_writes_a_thumbnail()
    {
        string output = Path.Combine(_folder.FullName, "out.jpg");
        string photo = Samples.InRepository("orientation", "portrait_6.jpg")[0];
        var run = Cli.Run("make", photo, output, "--size", "120x90", "--fit", "inside", "--quality", "80");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("portrait_6.jpg: Jpeg 200 × 300 to Jpeg 60 × 90", run.Output, StringComparison.Ordinal);
        Assert.Contains("60 × 90", Cli.Run("info", output).Output, StringComparison.Ordinal);
    }

    [SamplesFact]
    public void Make_writes_a_thumbnail_for_each_size()
    {
        string photo = Samples.InRepository("orientation", "portrait_6.jpg")[0];
        string[] arguments = ["make", photo, "", "--size", "60x60, 90x.png, card=30x20.contain", "--quality", "80"];
        arguments[2] = Path.Combine(_folder.FullName, "out.jpg");
        Assert.Contains("3 thumbnails need different names. Put {size} into the name, for example out-{size}.jpg.", Cli.Run(arguments).Error, StringComparison.Ordinal);

        arguments[2] = Path.Combine(_folder.FullName, "{size}-out");
        var run = Cli.Run(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["60x60-out", "90x.png-out", "card-out"], _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Contains("to Png 90 × 135, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("to Jpeg 30 × 20, ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_never_overwrites_the_photo()
    {
        string photo = WriteJpeg("photo.jpg");
        string link = Path.Combine(_folder.FullName, "link.jpg");
        File.CreateSymbolicLink(link, photo);
        byte[] before = File.ReadAllBytes(photo);
        foreach (string output in (string[])[photo, Path.Combine(_folder.FullName, ".", "photo.jpg"), link])
        {
            var run = Cli.Run("make", photo, output);
            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.Contains("is the photo itself", run.Error, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(photo));
        }
    }

    /// <summary>A list of the function's settings works as it is.</summary>
    [Fact]
    public void Make_makes_sizes_on_request_like_all_others()
    {
        var run = Cli.Run("make", WriteJpeg("photo.jpg"), Path.Combine(_folder.FullName, "{size}-out"), "--size", "60x60,card=30x20?");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["60x60-out", "card-out", "photo.jpg"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("out.png", "jpeg", "out.jpg or give --format png")]
    [InlineData("out.jpg", "png", "out.png or give --format jpeg")]
    [InlineData("out.webp", "auto", "Name it ")]
    public void Make_refuses_an_extension_that_contradicts_the_format(string name, string format, string advice)
    {
        string output = Path.Combine(_folder.FullName, name);
        var run = Cli.Run("make", WriteJpeg("photo.jpg"), output, "--format", format);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Theory]
    [InlineData("out.JPG")]
    [InlineData("out.jpeg")]
    [InlineData("out")]
    [InlineData("out.thumb")]
    public void Make_accepts_any_other_name_and_leaves_no_temporary_file(string name)
    {
        var run = Cli.Run("make", WriteJpeg("photo.jpg"), Path.Combine(_folder.FullName, name));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([name, "photo.jpg"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Root would replace /dev/null by a file. A second name of a file in /dev/shm tells whether it was replaced, and does no harm.</summary>
    [Fact]
    public void Make_writes_to_a_device_and_does_not_replace_it()
    {
        if (!Directory.Exists("/dev/shm"))
        {
            return; // Linux has it
        }

        string output = $"/dev/shm/thumbnail-{Guid.NewGuid():N}";
        string second = output + ".second";
        try
        {
            File.WriteAllText(output, "before");
            ExternalProgram.Run("ln", [output, second], []);
            var run = Cli.Run("make", WriteJpeg("photo.jpg"), output);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(File.ReadAllBytes(output), File.ReadAllBytes(second));
            Assert.Equal([0xFF, 0xD8], File.ReadAllBytes(second)[..2]);
        }
        finally
        {
            File.Delete(output);
            File.Delete(second);
        }
    }

    [Fact]
    public void Help_shows_defaults_as_they_are_typed()
    {
        string help = Cli.Run("make", "--help").Output;
        foreach (string shown in (string[])["200x200", "cover", "auto", "false", "white"])
        {
            Assert.Contains($"[default: {shown}]", help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Auto_is_the_same_as_no_option()
    {
        string photo = WriteJpeg("photo.jpg");
        string[] outputs = [Path.Combine(_folder.FullName, "none.jpg"), Path.Combine(_folder.FullName, "auto.jpg")];
        Assert.Equal(0, Cli.Run("make", photo, outputs[0]).ExitCode);
        Assert.Equal(0, Cli.Run("make", photo, outputs[1], "--format", "auto", "--quality", "auto").ExitCode);
        Assert.Equal(File.ReadAllBytes(outputs[0]), File.ReadAllBytes(outputs[1]));
    }

    /// <summary>SOF2 is the frame header of progressive JPEG, T.81 table B.1.</summary>
    [Fact]
    public void A_switch_needs_no_value_and_leaves_the_file_behind_it_alone()
    {
        string output = Path.Combine(_folder.FullName, "progressive.jpg");
        Assert.Equal(0, Cli.Run("make", "--progressive", WriteJpeg("photo.jpg"), output).ExitCode);
        Assert.True(File.ReadAllBytes(output).AsSpan().IndexOf([(byte)0xFF, (byte)0xC2]) > 0);
    }

    [Fact]
    public void Every_thumbnail_setting_is_an_option()
    {
        string help = Cli.Run("make", "--help").Output;
        Assert.All(ThumbnailSetting.All, setting => Assert.Contains(setting.Option, help, StringComparison.Ordinal));
    }

    [Fact]
    public void Make_names_and_writes_every_output_format()
    {
        string help = Cli.Run("make", "--help").Output;
        string photo = WriteJpeg("photo.jpg");
        Assert.All(OutputFormat.All, row =>
        {
            Assert.Contains(row.Name, help, StringComparison.Ordinal);
            string output = Path.Combine(_folder.FullName, "out." + row.Extension);
            Assert.Equal(0, Cli.Run("make", photo, output, "--format", row.Name).ExitCode);
            Assert.Equal(row.ImageFormat, new Thumbnailer().Identify(File.ReadAllBytes(output)).Format);
        });
    }

    [SamplesFact]
    public void Info_says_what_the_header_says()
    {
        string[] lines = Cli.Run("info", Samples.InRepository("orientation", "portrait_6.jpg")[0]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "format       Jpeg", "stored       300 × 200", "orientation  6", "upright      200 × 300",
                "color        YCbCr 4:2:0, 8 bits", "profile      sRGB (assumed)", "alpha        no", "compression  sequential DCT",
            ],
            lines);
        Assert.EndsWith(
            "compression  Deflate\ntiles        3 × 2 of 16 × 16\n",
            Cli.Run("info", Samples.InRepository("conformance", "rgb-tiles-deflate.tif")[0]).Output,
            StringComparison.Ordinal);
    }

    [SamplesFact]
    public void Bench_prints_one_JSON_object_a_file_and_writes_the_thumbnails()
    {
        File.Copy(Samples.InRepository("orientation", "landscape_1.jpg")[0], Path.Combine(_folder.FullName, "a.jpg"));
        File.WriteAllText(Path.Combine(_folder.FullName, "b.txt"), "no picture");
        string written = Path.Combine(_folder.FullName, "written");
        var run = Cli.Run("bench", _folder.FullName, "--json", "--write", written);

        JsonElement line = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(
            ["file", "format", "width", "height", "eighths", "median_ms", "min_ms", "bytes_in", "bytes_out", "allocated_bytes"],
            line.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("a.jpg", 300, 200), (line.GetProperty("file").GetString(), line.GetProperty("width").GetInt32(), line.GetProperty("height").GetInt32()));
        Assert.Equal(new FileInfo(Path.Combine(written, "a.jpg")).Length, line.GetProperty("bytes_out").GetInt64());
        Assert.True(line.GetProperty("median_ms").GetDouble() > 0);
        Assert.True(line.GetProperty("min_ms").GetDouble() <= line.GetProperty("median_ms").GetDouble());

        // The file that is no picture is named, the exit code tells, and the others are measured all the same.
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("b.txt: The file is not an image", run.Error, StringComparison.Ordinal);
    }

    [CorpusFact]
    public void Bench_fails_where_a_valid_file_follows_a_corrupt_one()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.txt"), "no image");
        File.Copy(Corpus.Files("orientation", "landscape_1.jpg")[0], Path.Combine(_folder.FullName, "b.jpg"));
        var run = Cli.Run("bench", _folder.FullName, "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("b.jpg", run.Output, StringComparison.Ordinal);
    }

    [CorpusFact]
    public void A_thumbnail_that_cannot_take_its_name_leaves_no_file()
    {
        string target = Directory.CreateDirectory(Path.Combine(_folder.FullName, "out.jpg")).FullName;
        Assert.Equal(1, Cli.Run("make", Corpus.Files("orientation", "landscape_1.jpg")[0], target).ExitCode);
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Theory]
    [InlineData("bench", "missing")]
    [InlineData("bench", ".", "--write", "/proc/no/such")]
    [InlineData("info", "missing.jpg")]
    [InlineData("make", "missing.jpg", "out.jpg")]
    public void What_cannot_be_read_or_written_is_said_in_a_line(params string[] arguments)
    {
        var run = Cli.Run(arguments);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size", "200", "WIDTHxHEIGHT")]
    [InlineData("--size", "0x5", "WIDTHxHEIGHT")]
    [InlineData("--size", "5x5000", "WIDTHxHEIGHT")]
    [InlineData("--fit", "3", "cover, contain, inside or fill")]
    [InlineData("--format", "gif", "auto, jpeg, png or webp")]
    [InlineData("--quality", "101", "1 to 100")]
    [InlineData("--background", "#12345", "#RRGGBB")]
    public void An_option_that_makes_no_sense_is_refused_with_what_is_accepted(string option, string value, string accepts)
    {
        var run = Cli.Run("make", "in.jpg", "out.jpg", option, value);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"'{value}' is not accepted", run.Error, StringComparison.Ordinal);
        Assert.Contains(accepts, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_broken_file_is_one_line_and_no_stack_trace()
    {
        string text = Path.Combine(_folder.FullName, "text.jpg");
        File.WriteAllText(text, "hello");
        foreach (string path in (string[])[text, Path.Combine(_folder.FullName, "missing.jpg"), _folder.FullName])
        {
            var run = Cli.Run("make", path, Path.Combine(_folder.FullName, "out.jpg"));
            Assert.Equal(1, run.ExitCode);
            Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.False(File.Exists(Path.Combine(_folder.FullName, "out.jpg")));
        }
    }
}
