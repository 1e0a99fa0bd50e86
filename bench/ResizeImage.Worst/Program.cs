using System.Diagnostics;
using System.Globalization;
using ResizeImage.Imaging;
using ResizeImage.Worst;

// worst [--unlimited] [TEXT]...: the inputs whose format or name has one of the texts; all without any. Unlimited, nothing is refused: what limits are for.
bool unlimited = args.Contains("--unlimited");
string[] texts = [.. args.Where(argument => argument != "--unlimited")];
IEnumerable<WorstInput> inputs = PngInputs.All().Concat(JpegInputs.All()).Concat(GifInputs.All()).Concat(BmpInputs.All()).Concat(WebPInputs.All());
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{"",-6}{"",-46}{"MB",8}{"CPU s",8}{"s/MB",8}{"ns/px",8}");
foreach (WorstInput input in inputs)
{
    if (texts.Length > 0 && !texts.Any(text => $"{input.Format} {input.Name}".Contains(text, StringComparison.OrdinalIgnoreCase)))
    {
        continue;
    }

    byte[] file = input.Make();
    GC.Collect();
    (double seconds, string result) = Measure(file, unlimited ? input.Options with { Limits = new ImageLimits { MaxWork = long.MaxValue } } : input.Options);
    double megabytes = file.Length / 1e6;
    Console.WriteLine(
        $"{input.Format,-6}{input.Name,-46}{megabytes,8:F3}{seconds,8:F2}{seconds / Math.Max(1, megabytes),8:F3}{seconds * 1e9 / input.Pixels,8:F1}  {result}");
}

static (double Seconds, string Result) Measure(byte[] file, ThumbnailOptions options)
{
    string result = string.Empty;
    TimeSpan before = Process.GetCurrentProcess().UserProcessorTime;
    try
    {
        result = new Thumbnailer().Make(file, options).Note ?? "made";
    }
    catch (ImageException e)
    {
        result = e.Message;
    }

    return ((Process.GetCurrentProcess().UserProcessorTime - before).TotalSeconds, result);
}
