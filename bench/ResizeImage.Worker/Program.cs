// Makes thumbnails for a driver that sends a line per photo, so the start of the process is not measured.
// First line out: name and version. Then in: PHOTO. Out: milliseconds from bytes in memory to bytes in memory, and
// the scale of decoding.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging;

var thumbnailer = new Thumbnailer();
var options = new ThumbnailOptions { Quality = 80 }; // the quality of the peers
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {(Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors");
while (Console.ReadLine() is { } photo)
{
    byte[] data = File.ReadAllBytes(photo);
    long start = Stopwatch.GetTimestamp();
    Thumbnail thumbnail = thumbnailer.Make(data, options);
    TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
    Console.WriteLine($"{elapsed.TotalMilliseconds:F3} 1/{thumbnail.Scale}");
}
