using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Every kind of image in small sizes, in which passes are empty and bytes half full, compared with libpng.</summary>
public class PngGeneratedTests
{
    [ToolFact(LibpngJudge.Compiler, LibpngJudge.Header)]
    public void Every_color_type_depth_interlacing_and_transparency_decodes_as_libpng_does()
    {
        Random random = new(1);
        List<string> wrong = [];
        foreach (PngHeader kind in Kinds())
        {
            bool canHaveTransparency = kind.ColorType is PngColorType.Grayscale or PngColorType.Truecolor or PngColorType.Indexed;
            foreach ((int width, int height) in new[] { (1, 1), (1, 9), (2, 3), (5, 1), (7, 8), (random.Next(9, 40), random.Next(9, 40)) })
            {
                foreach (bool transparency in (bool[])(canHaveTransparency ? [false, true] : [false]))
                {
                    PngHeader header = kind with { Width = width, Height = height };
                    byte[] file = PngFile.Random(random, header, transparency);
                    if (DecodedPng.Decode(file).DifferenceFrom(LibpngJudge.Decode(file)) is string difference)
                    {
                        wrong.Add($"{header}, tRNS {transparency}: {difference}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(1, 0, new byte[] { 0, 1 })]
    [InlineData(2, 0, new byte[] { 0xFF, 0xFE })]
    [InlineData(8, 0, new byte[] { 0xAB, 0x40 })]
    [InlineData(16, 0, new byte[] { 0x40, 0x41 })]
    [InlineData(8, 2, new byte[] { 0, 1, 0, 2, 0, 3 })]
    [InlineData(16, 2, new byte[] { 0, 1, 0, 2, 0, 3 })]
    public void The_color_of_tRNS_is_transparent_and_no_other(int depth, int color, byte[] key)
    {
        // Two rows: the color itself, and it with its lowest bit changed. Bits of the key above the depth do not count.
        byte[] samples = depth == 16 ? key : key.Where((_, i) => i % 2 == 1).ToArray();
        samples[^1] = depth < 8 ? (byte)((samples[^1] & ((1 << depth) - 1)) << (8 - depth)) : samples[^1];
        byte[] other = [.. samples];
        other[^1] ^= (byte)(1 << (depth < 8 ? 8 - depth : 0));
        byte[] file = PngFile.Of(
            PngFile.Header(1, 2, depth, (PngColorType)color), PngFile.Chunk("tRNS", key), PngFile.Data([0, .. samples, 0, .. other]), PngFile.End);
        DecodedPng pixels = DecodedPng.Decode(file);
        Assert.Equal(0, pixels.Samples[3]);
        Assert.Equal(ushort.MaxValue, pixels.Samples[7]);
    }

    internal static IEnumerable<PngHeader> Kinds()
    {
        (PngColorType Color, int[] Depths)[] types =
        [
            (PngColorType.Grayscale, [1, 2, 4, 8, 16]),
            (PngColorType.Truecolor, [8, 16]),
            (PngColorType.Indexed, [1, 2, 4, 8]),
            (PngColorType.GrayscaleAlpha, [8, 16]),
            (PngColorType.TruecolorAlpha, [8, 16]),
        ];
        return from type in types
               from depth in type.Depths
               from interlaced in (bool[])[false, true]
               select new PngHeader(1, 1, depth, type.Color, interlaced);
    }
}
