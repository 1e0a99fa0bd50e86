// Makes thumbnails for a driver that sends a line per photo, so the start of the process is not measured. Argument: a list of outputs,
// as in THUMBNAIL_SIZE; without it, one thumbnail at the quality of the peers.
// First line out: name and version. Then in: PHOTO. Out: milliseconds from bytes in memory to bytes in memory, and
// the scale of decoding.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging;

var thumbnailer = new Thumbnailer();
ThumbnailOptions[] outputs = [new() { Quality = 80 }];
if (args.Length > 0)
{
    if (!ThumbnailOutput.TryParseList(args[0], new ThumbnailOptions(), out ThumbnailOutput[] list))
    {
        Console.Error.WriteLine($"The list of outputs is {args[0]}; expected {ThumbnailOutput.Accepts}.");
        return 1;
    }

    outputs = Array.ConvertAll(list, output => output.Options);
}

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {(Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors");
while (Console.ReadLine() is { } photo)
{
    byte[] data = File.ReadAllBytes(photo);
    long start = Stopwatch.GetTimestamp();
    Thumbnail[] thumbnails = thumbnailer.Make(data, outputs);
    TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
    Console.WriteLine($"{elapsed.TotalMilliseconds:F3} {thumbnails[0].Eighths}/8");
}

return 0;
