using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>The figures of one file in bench.</summary>
internal sealed record BenchResult(
    string File,
    string Format,
    int Width,
    int Height,
    int Eighths,
    double MedianMs,
    double MinMs,
    int BytesIn,
    int BytesOut,
    long AllocatedBytes)
{
    public const string Header = "file                            format  source       scale  median ms   min ms   bytes in  bytes out  allocated";

    public BenchResult(string file, Thumbnail made, double medianMs, double minMs, int bytesIn, long allocatedBytes)
        : this(
            file,
            made.Source.Format.ToString(),
            made.Source.UprightWidth,
            made.Source.UprightHeight,
            made.Eighths,
            Math.Round(medianMs, 3),
            Math.Round(minMs, 3),
            bytesIn,
            made.Data.Length,
            allocatedBytes)
    {
    }

    public string ToJson() => JsonSerializer.Serialize(this, BenchJsonContext.Default.BenchResult);

    public string ToText() =>
        $"{File,-30}  {Format,-6}  {Width + "x" + Height,-11}  {Eighths + "/8",5}  {MedianMs,9:F2}  {MinMs,7:F2}  {BytesIn,9}  {BytesOut,9}  {AllocatedBytes,9}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchResult))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
