using System.CommandLine;
using System.Diagnostics;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail bench DIR: makes each file's thumbnail repeatedly, from memory to memory, on one thread.</summary>
internal static class BenchCommand
{
    private const int MinRuns = 3;
    private const int MaxRuns = 50;
    private static readonly TimeSpan TimePerFile = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "A folder of photos." };
        var write = new Option<DirectoryInfo?>("--write") { Description = "Write the thumbnails into this folder.", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line." };
        var command = new Command("bench", "Measures the time and memory of each photo in a folder.") { folder, write, json };
        var thumbnail = new ThumbnailArguments(command);
        command.SetAction(result =>
        {
#if DEBUG
            Console.Error.WriteLine("This is a Debug build, several times slower than a Release build. Measure with: dotnet run -c Release --project src/ResizeImage.Cli -- bench DIR");
#endif
            ThumbnailOptions options = thumbnail.Read(result)[0].Options;
            DirectoryInfo? target = result.GetValue(write);
            bool asJson = result.GetValue(json);
            FileInfo[] files = [];
            int exit = FileErrors.Guard(() =>
            {
                target?.Create();
                files = [.. result.GetRequiredValue(folder).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal)];
            });
            if (files.Length > 0 && !asJson)
            {
                Console.WriteLine(BenchResult.Header);
            }

            foreach (FileInfo file in files)
            {
                exit |= FileErrors.Guard(() => Report(Measure(file, options, target), asJson));
            }

            return exit;
        });
        return command;
    }

    private static void Report(BenchResult result, bool asJson) => Console.WriteLine(asJson ? result.ToJson() : result.ToText());

    private static BenchResult Measure(FileInfo file, ThumbnailOptions options, DirectoryInfo? target)
    {
        byte[] data = LocalFile.Read(file);
        var thumbnailer = new Thumbnailer();
        Thumbnail made;
        try
        {
            made = thumbnailer.Make(data, options); // warms up
        }
        catch (ImageException error)
        {
            throw new IOException($"{file.Name}: {error.Message}", error);
        }

        var times = new List<double>();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long begun = Stopwatch.GetTimestamp();
        while (times.Count < MinRuns || (times.Count < MaxRuns && Stopwatch.GetElapsedTime(begun) < TimePerFile))
        {
            long start = Stopwatch.GetTimestamp();
            made = thumbnailer.Make(data, options);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / times.Count;
        times.Sort();
        if (target is not null)
        {
            LocalFile.Write(new FileInfo(Path.Combine(target.FullName, Path.ChangeExtension(file.Name, made.Format.Extension))), made.Data);
        }

        return new BenchResult(file.Name, made, times[times.Count / 2], times[0], data.Length, allocated);
    }
}
