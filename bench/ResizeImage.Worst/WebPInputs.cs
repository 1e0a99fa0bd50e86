using System.Text;
using ResizeImage.Imaging;

namespace ResizeImage.Worst;

/// <summary>WebP, lossless and lossy.</summary>
internal static class WebPInputs
{
    private const int Repeated = 9_000_000;

    private static readonly LosslessWebP AllTransforms = new() { HasCache = true, SmallBlocks = true, Predictor = 11, CrossColor = true, SubtractGreen = true };

    public static IEnumerable<WorstInput> All() => LosslessInputs().Concat(LossyInputs(new())).Concat(LossyInputs(new() { Width = 4096, Height = 4096 })).Concat(Chunks());

    private static IEnumerable<WorstInput> LosslessInputs()
    {
        yield return Lossless("one color", new());
        yield return Lossless("color cache", new() { HasCache = true });
        yield return Lossless("codes for blocks of 4", new() { HasCache = true, SmallBlocks = true });
        yield return Lossless("palette of two colors", new() { Palette = true });
        foreach (uint mode in (uint[])[1, 5, 10, 11, 13])
        {
            yield return Lossless($"predictor {mode}", new() { Predictor = mode });
        }

        yield return Lossless("all transforms", AllTransforms);
        yield return Lossless("all transforms, pixels of the cache", AllTransforms with { SmallBlocks = false, OfCache = true });
        yield return Lossless("copies of one pixel", new() { HasCache = true, Copies = true });
        yield return Lossless("all transforms, copies of one pixel", AllTransforms with { SmallBlocks = false, Copies = true });
        yield return new("webp", "lossless, 65,536 groups of codes", _ => Riff("VP8L", LosslessWebP.ManyGroups(large: false)));
        yield return new("webp", "lossless, 65,536 groups of large codes", _ => Riff("VP8L", LosslessWebP.ManyGroups(large: true)));
        yield return new("webp", "lossless, profile of tables", side => Extended(
            0x20, [("ICCP", IccInputs.Tables(3)), ("VP8L", new LosslessWebP { TwoColors = true }.ToData(side, side))], side, side));
    }

    private static IEnumerable<WorstInput> LossyInputs(ThumbnailOptions options)
    {
        string size = options.Width == 200 ? string.Empty : $", to {options.Width}";
        yield return Lossy("no coefficients, 1 partition" + size, 0, LossyCoefficients.None, options);
        yield return Lossy("no coefficients, 8 partitions" + size, 3, LossyCoefficients.None, options);
        yield return Lossy("zero coefficients" + size, 3, LossyCoefficients.Zero, options);
        yield return Lossy("coefficients of one" + size, 3, LossyCoefficients.One, options);
        yield return new("webp", "lossy, zero coefficients, alpha" + size, WithAlpha) { Options = options };
        yield return new("webp", "lossy, truncated after the first rows" + size, side => Riff("VP8 ", LossyWebP.ToData(side, 0, LossyCoefficients.None)[..3_000])) { Options = options };
    }

    private static IEnumerable<WorstInput> Chunks()
    {
        byte[] pixel = new LosslessWebP().ToData(1, 1);
        yield return new("webp", "empty chunks", _ => Extended(0, [.. Enumerable.Repeat(("ICCP", Array.Empty<byte>()), Repeated / 8), ("VP8L", pixel)], 1, 1));
        yield return new("webp", "repeated EXIF", _ => Extended(0, [.. Enumerable.Repeat(("EXIF", Exif()), Repeated / 65_000), ("VP8L", pixel)], 1, 1));
        yield return new("webp", "chunks within a frame", _ => Extended(
            2, [("ANMF", [.. new byte[16], .. Enumerable.Repeat(Chunk("ALPH", []), Repeated / 8).SelectMany(c => c), .. Chunk("VP8L", pixel)])], 1, 1));
    }

    private static WorstInput Lossless(string name, LosslessWebP picture) => new("webp", "lossless, " + name, side => Riff("VP8L", picture.ToData(side, side)));

    private static WorstInput Lossy(string name, int partitions, LossyCoefficients coefficients, ThumbnailOptions options) =>
        new("webp", "lossy, " + name, side => Riff("VP8 ", LossyWebP.ToData(side, partitions, coefficients))) { Options = options };

    /// <summary>Alpha is the green channel of a lossless image without its header, with the gradient filter.</summary>
    private static byte[] WithAlpha(int side)
    {
        const int HeaderSize = 5;
        int height = LossyWebP.HeightOf(side);
        byte[] alpha = [1 | (3 << 2), .. AllTransforms.ToData(side, height)[HeaderSize..]];
        return Extended(0x10, [("ALPH", alpha), ("VP8 ", LossyWebP.ToData(side, 3, LossyCoefficients.Zero))], side, height);
    }

    private static byte[] Riff(string type, byte[] data) => Container(Chunk(type, data));

    private static byte[] Extended(byte flags, (string Type, byte[] Data)[] chunks, int width, int height) => Container(
    [
        .. Chunk("VP8X", [flags, 0, 0, 0, .. BitConverter.GetBytes(width - 1).AsSpan(0, 3), .. BitConverter.GetBytes(height - 1).AsSpan(0, 3)]),
        .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)),
    ]);

    private static byte[] Container(byte[] chunks) => [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length + 4), .. "WEBP"u8, .. chunks];

    private static byte[] Chunk(string type, byte[] data) => [.. Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Exif() =>
        [.. "MM\0*\0\0\0\u0008"u8, 0x15, 0x18, .. Enumerable.Repeat<byte[]>([1, 0, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0], 5400).SelectMany(entry => entry)];
}
