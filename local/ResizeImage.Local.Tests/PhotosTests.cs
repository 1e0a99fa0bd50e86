using System.Diagnostics;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Commands;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests;

/// <summary>./run.sh PHOTO...: rows and files as they are made, and one line per error.</summary>
public sealed class PhotosTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public void A_folder_means_the_photos_in_it_with_their_names()
    {
        foreach (string name in new[] { "a.jpg", "sub/deep/a.jpg", "sub/b.PNG", "sub/c.heic", "notes.txt", ".hidden.jpg", ".git/d.jpg", "out/old.jpg" })
        {
            Write("holiday/" + name, name.EndsWith("heic", StringComparison.Ordinal) ? "heic" : "photo " + name);
        }

        (int exitCode, string? output, string? error) = Run("--out", _folder["holiday/out"], _folder["holiday"]);
        Assert.True(exitCode == 1, output + error);
        Assert.Equal(
            ["a.png", "old.jpg", "sub/b.PNG", "sub/deep/a.png"],
            Directory.GetFiles(_folder["holiday/out"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["holiday/out"], file)).Order(StringComparer.Ordinal));
        Assert.Equal("thumbnail of photo sub/deep/a.jpg", File.ReadAllText(_folder["holiday/out/sub/deep/a.png"]));
        Assert.Matches("(?m)^holiday/sub/c.heic +4 B$\n    rejected: not a photo$", output);
        Assert.Matches("(?m)^3 made, 1 rejected, ", output);
    }

    [PythonFact]
    public void Several_thumbnails_of_a_photo_are_in_folders_of_their_names()
    {
        ProcessStartInfo start = LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], ["--out", _folder["out"], Write("a.jpg", "photo 1")]);
        start.Environment["THUMBNAIL_SIZE"] = "card=20x20,20x";
        (int exitCode, string? output, string? error) = Run(start);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal("card of photo 1", File.ReadAllText(_folder["out/card/a.png"]));
        Assert.Equal("20x of photo 1", File.ReadAllText(_folder["out/20x/a.png"]));
        Assert.Matches("(?m)a.jpg .+20x20 +9 B$\n    thumbnail: card/a.png$\n.*a.jpg .+20x20 +9 B$\n    thumbnail: 20x/a.png$", output);
        Assert.Matches("(?m)^2 made, ", output);
    }

    [PythonFact]
    public async Task Rows_and_thumbnails_appear_as_they_are_made_and_Ctrl_C_keeps_them()
    {
        string[] photos = [Write("one.jpg", "photo 1"), Write("cut.jpg", "photo cut"), Write("held.jpg", "photo held by " + _folder["release"]), Write("late.jpg", "photo 4")];
        await using LocalProgram program = LocalProgram.Start(LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], ["--out", _folder["out"], .. photos]));
        await program.LineAsync("one.jpg", "40x30");
        await program.LineAsync("    note: cut off");
        Assert.Equal("thumbnail of photo 1", await File.ReadAllTextAsync(_folder["out/one.png"]));
        Assert.Equal(130, await program.EndAsync("INT"));
        await program.LineAsync("Interrupted. 2 made, ");
        Assert.Equal(["cut.png", "one.png"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["tmp"]));
    }

    [PythonFact]
    public void Only_a_few_photos_are_copied_at_a_time()
    {
        string[] photos = [Write("0.jpg", "photo held by " + _folder["release"]), .. Enumerable.Range(1, 20).Select(i => Write($"{i}.jpg", "photo"))];
        using Process process = Process.Start(LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], ["--out", _folder["out"], .. photos]))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string[] Copied() => Directory.Exists(_folder["tmp"]) ? Directory.GetFiles(_folder["tmp"], "*.jpg", SearchOption.AllDirectories) : [];
        Assert.True(SpinWait.SpinUntil(() => Copied().Length == 4, TimeSpan.FromSeconds(60)), "no photo is copied");
        Thread.Sleep(300);
        Assert.Equal(4, Copied().Length);
        File.WriteAllText(_folder["release"], "");
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
        Assert.Contains("21 made, ", output.Result, StringComparison.Ordinal);
    }

    [PythonFact]
    public void A_wrong_setting_is_reported_once()
    {
        ProcessStartInfo start = LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], ["--out", _folder["out"], Write("a.jpg", "photo"), Write("b.jpg", "photo")]);
        start.Environment["THUMBNAIL_FIT"] = "crop";
        Assert.Equal((2, "", "The function does not start: THUMBNAIL_FIT is crop\n"), Run(start));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["tmp"]));
    }

    [PythonFact]
    public void An_output_that_is_a_file_is_reported_first()
    {
        string file = Write("thumbs", "mine");
        Assert.Equal((2, "", $"--out is {file}, a file; expected a folder.\n"), Run("--out", file, Write("a.jpg", "photo")));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [PythonFact]
    public void A_thumbnail_never_replaces_a_photo()
    {
        string photo = Write("a.png", "photo 1");
        (int exitCode, string? output, string? error) = Run("--out", _folder.Path, photo);
        Assert.True(exitCode == 0, output + error);
        Assert.Equal(("photo 1", "thumbnail of photo 1"), (File.ReadAllText(photo), File.ReadAllText(_folder["a-2.png"])));
        Assert.Matches("(?m)^    thumbnail: a-2.png$", output);
    }

    [ToolFact("setpriv", "chmod")]
    public void Missing_permissions_are_reported_in_one_line()
    {
        string[] photos = [Write("closed.jpg", "photo"), Write("open.jpg", "photo")];
        Directory.CreateDirectory(_folder["out"]);
        Directory.CreateDirectory(_folder["readonly"]);
        Directory.CreateDirectory(_folder["tmp"]);
        Directory.CreateDirectory(_folder["closed"]);
        ExternalProgram.Run("chmod", ["755", _folder.Path]);
        ExternalProgram.Run("chmod", ["777", _folder["out"], _folder["tmp"]]);
        ExternalProgram.Run("chmod", ["0", photos[0], _folder["closed"]]);
        ExternalProgram.Run("chmod", ["555", _folder["readonly"]]);

        (int exitCode, string? output, string? error) = RunAsNobody(["--out", _folder["out"], .. photos]);
        Assert.Equal((1, ""), (exitCode, error));
        Assert.Contains("    failed: The file cannot be read: permission denied.\n", output, StringComparison.Ordinal);
        Assert.Contains("1 made, 1 failed, ", output, StringComparison.Ordinal);

        Assert.Equal(
            (2, "", $"The folder {_folder["readonly"]} cannot be written to: permission denied. Choose another folder: --out DIR.\n"),
            RunAsNobody(["--out", _folder["readonly"], photos[1]]));
        Assert.Equal((2, "", $"The folder {_folder["closed"]} cannot be read: permission denied.\n"), RunAsNobody(["--out", _folder["out"], _folder["closed"]]));
        ExternalProgram.Run("chmod", ["755", _folder["closed"]]);
    }

    [SmallDiskFact]
    public void A_full_disk_is_reported_in_one_line_and_leaves_no_partial_file()
    {
        string[] photos = [Write("a.jpg", "photo"), Write("b.jpg", "photo" + new string('x', 60_000)), Write("c.jpg", "photo")];
        (int exitCode, string? output, string? error) = RunOnSmallDisk("out", ["--out", _folder["out"], .. photos], $"ls -A {_folder["out"]}");
        Assert.Equal(2, exitCode);
        Assert.Matches($"^Stopped. 1 made, .*\nThe thumbnail {_folder["out/b.png"]} cannot be written: No space left on device.\n$", error);
        Assert.EndsWith("\na.png\n", output, StringComparison.Ordinal);
    }

    [SmallDiskFact]
    public void A_full_temporary_folder_is_reported_in_one_line()
    {
        string[] photos = [Write("a.jpg", "photo" + new string('x', 100_000))];
        (int exitCode, string _, string? error) = RunOnSmallDisk("tmp", ["--out", _folder["out"], .. photos], "true");
        Assert.Equal(2, exitCode);
        Assert.Matches($"^The temporary folder {_folder["tmp"]}/? cannot hold .*a.jpg: No space left on device.*Choose another folder: TMPDIR=DIR.\n$", error);
    }

    [Fact]
    public void Without_a_function_the_one_of_the_same_build_is_used() =>
        Assert.Equal(Path.Join(AppContext.BaseDirectory, "ResizeImage.dll"), BuiltFunction.Find());

    [ToolFact("dotnet")]
    public void Dotnet_run_keeps_the_folder_of_the_caller() => Assert.Equal(
        "",
        System.Text.Encoding.UTF8.GetString(ExternalProgram.Run(
            "dotnet", ["msbuild", Repository.Path("local", "ResizeImage.Local", "ResizeImage.Local.csproj"), "-getProperty:RunWorkingDirectory"])).Trim());

    [Fact]
    public void A_reason_is_wrapped_at_spaces()
    {
        Assert.Equal(["one two", "three", "afterwards"], ThumbnailRows.Wrap("one two three afterwards", 8));
        Assert.Equal(["a", "verylongwordindeed", "b"], ThumbnailRows.Wrap("a verylongwordindeed b", 5));
        Assert.Equal([""], ThumbnailRows.Wrap("", 5));
    }

    [Theory]
    [InlineData(812L, "812 B")]
    [InlineData(4_200L, "4.2 kB")]
    [InlineData(999_949L, "999.9 kB")]
    [InlineData(999_950L, "1.0 MB")]
    [InlineData(999_999_999L, "1.0 GB")]
    [InlineData(1_100_000_000L, "1.1 GB")]
    public void Amounts_are_short(long bytes, string text) => Assert.Equal(text, Figures.Bytes(bytes));

    private string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], content);
        return _folder[name];
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        Run(LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], arguments));

    private (int ExitCode, string Output, string Error) RunAsNobody(string[] arguments)
    {
        ProcessStartInfo start = LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], arguments);
        if (Environment.IsPrivilegedProcess)
        {
            string[] command = [start.FileName, .. start.ArgumentList];
            start.FileName = "setpriv";
            start.ArgumentList.Clear();
            foreach (string argument in (string[])["--reuid=65534", "--regid=65534", "--clear-groups", .. command])
            {
                start.ArgumentList.Add(argument);
            }
        }

        start.Environment["HOME"] = _folder["tmp"];
        return Run(start);
    }

    /// <summary>Runs it with a file system of 32 kB in the place of a folder, and then a command that sees it, too.</summary>
    private (int ExitCode, string Output, string Error) RunOnSmallDisk(string folder, string[] arguments, string then)
    {
        Directory.CreateDirectory(_folder[folder]);
        ProcessStartInfo start = LocalProgram.StartInfo(PythonFunction.Write(_folder), _folder["tmp"], arguments);
        string[] command = [start.FileName, .. start.ArgumentList];
        start.FileName = "unshare";
        start.ArgumentList.Clear();
        string script = $"mount -t tmpfs -o size=32k tmpfs {_folder[folder]} && \"$@\"; code=$?; {then}; exit $code";
        foreach (string argument in (string[])["-rm", "sh", "-c", script, "sh", .. command])
        {
            start.ArgumentList.Add(argument);
        }

        return Run(start);
    }

    private static (int ExitCode, string Output, string Error) Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
        return (process.ExitCode, output.Result, error.Result);
    }
}

/// <summary>A fact that needs its own file system, which not every machine lets a test mount.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        try
        {
            ExternalProgram.Run("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
        }
        catch (InvalidOperationException)
        {
            Skip = "needs to mount a file system: unshare -rm mount";
        }

        Skip ??= new PythonFactAttribute().Skip;
    }
}
