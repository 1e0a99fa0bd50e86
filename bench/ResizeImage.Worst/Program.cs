using System.Diagnostics;
using System.Globalization;
using ResizeImage.Imaging;
using ResizeImage.Worst;

// worst [--unlimited] [TEXT]...: runs the inputs whose format or name contains one of the texts, or all inputs.
bool unlimited = args.Contains("--unlimited");
string[] texts = [.. args.Where(argument => argument != "--unlimited")];
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine($"{"",-6}{"",-48}{"pixels",12}{"MB",9}{"CPU s",8}{"s/MB",8}{"ns/px",8}");
foreach (WorstInput input in PngInputs.All().Concat(JpegInputs.All()).Concat(GifInputs.All()).Concat(BmpInputs.All()).Concat(WebPInputs.All())
    .Concat(HeicInputs.All()).Concat(TiffInputs.All()).Concat(TgaInputs.All()))
{
    if (texts.Length == 0 || texts.Any(text => $"{input.Format} {input.Name}".Contains(text, StringComparison.OrdinalIgnoreCase)))
    {
        Console.WriteLine(Line(input, unlimited));
    }
}

// Measures the largest image of its kind that no limit refuses.
static string Line(WorstInput input, bool unlimited)
{
    ThumbnailOptions options = unlimited ? input.Options with { Limits = new ImageLimits { MaxWork = long.MaxValue } } : input.Options;
    for (int side = WorstInput.LargestSide; ; side = side * 15 / 16)
    {
        byte[] file = input.Make(side);
        GC.Collect();
        TimeSpan before = Process.GetCurrentProcess().UserProcessorTime;
        string result;
        long pixels = 0;
        bool isTooLarge = false;
        try
        {
            Thumbnail made = new Thumbnailer().Make(file, options);
            result = made.Note ?? "made";
            pixels = (long)made.Source.Width * made.Source.Height;
        }
        catch (ImageException e)
        {
            result = e.Message;
            isTooLarge = e is ImageLimitException;
        }

        double seconds = (Process.GetCurrentProcess().UserProcessorTime - before).TotalSeconds;
        if (isTooLarge && seconds < 0.1 && side > 100)
        {
            continue;
        }

        double megabytes = file.Length / 1e6;
        return $"{input.Format,-6}{input.Name,-48}{pixels,12:N0}{megabytes,9:F3}{seconds,8:F2}{seconds / Math.Max(1, megabytes),8:F3}{seconds * 1e9 / Math.Max(pixels, 1_000_000),8:F1}  {result}";
    }
}
