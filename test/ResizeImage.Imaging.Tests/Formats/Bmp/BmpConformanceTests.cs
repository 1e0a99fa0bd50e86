using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Bmp;

/// <summary>
/// Every BMP sample. Pillow judges what it reads right; of the rest ImageMagick and netpbm the colors, within 1 as they round
/// differently; for what is left the corpus has the same picture in a kind that they read.
/// </summary>
public class BmpConformanceTests
{
    // Pillow 9.4 does not take 5 and 6 bits to the nearest of 8, ignores alpha of 1 bit, and misreads RLE4.
    private static readonly string[] WrongInPillow =
        ["V4_R5_G6_B5.bmp", "V5_A1_R5_G5_B5.bmp", "rgb16-565.bmp", "rgb16.bmp", "rgb-555.bmp",
        "rgb-555-top-down.bmp", "rgb-565.bmp", "rle4.bmp", "pal4rle.bmp", "pal4rlecut.bmp", "pal4rletrns.bmp"];

    // ImageMagick does not read 2 bits a pixel.
    private static readonly string[] ForNetpbm = ["pal2.bmp", "pal2color.bmp"];

    // Neither of them scales such masks.
    private static readonly string[] UnusualMasks = ["rgb16-231.bmp", "rgba16-1924.bmp", "rgba32-61754.bmp"];

    // Peers differ in what follows a run beyond the end of its row, and in the color of indices beyond the color table.
    private static readonly string[] Arbitrary = ["badrle.bmp", "pal8badindex.bmp"];

    // No judge reads these, or scales their masks.
    private static readonly Dictionary<string, string> Twins = new()
    {
        ["V3_A4_R4_G4_B4.bmp"] = "Info_R8_G8_B8.bmp",
        ["V3_A4_R4_G4_B4_Top_Down.bmp"] = "Info_R8_G8_B8.bmp",
        ["V3_X4_R4_G4_B4.bmp"] = "Info_R8_G8_B8.bmp",
        ["V3_X4_R4_G4_B4_Top_Down.bmp"] = "Info_R8_G8_B8.bmp",
        ["badpalettesize.bmp"] = "pal8v4.bmp",
        ["pal8oversizepal.bmp"] = "pal8v4.bmp",
        ["rgb24rle24.bmp"] = "pal8rle.bmp",
        ["rgba32abf.bmp"] = "rgba32.bmp",
    };

    [SamplesFact(PythonModule = PillowJudge.Module)]
    public void Files_decode_exactly_as_Pillow_does()
    {
        string[] names = [.. Files().Where(name => !WrongInPillow.Contains(name))];
        IReadOnlyList<Picture?> expected = PillowJudge.Decode([.. names.Select(Read)]);
        int compared = 0;
        for (int i = 0; i < names.Length; i++)
        {
            if (expected[i] is { } picture)
            {
                AssertSame(names[i], picture);
                compared++;
            }
        }

        Assert.Equal(Corpus.Root is null ? 18 : 63, compared);
    }

    [SamplesFact(ImageMagickJudge.Program, NetpbmJudge.Program, PythonModule = PillowJudge.Module)]
    public void Files_that_Pillow_misreads_decode_as_ImageMagick_and_netpbm_do()
    {
        string[] names = [.. Files()];
        IReadOnlyList<Picture?> pillow = PillowJudge.Decode([.. names.Select(Read)]);
        foreach (string name in names.Where((name, i) => WrongInPillow.Contains(name) || (pillow[i] is null && !Twins.ContainsKey(name) && !UnusualMasks.Contains(name))))
        {
            byte[] file = Read(name);
            Picture actual = Picture.Decode(file);
            Picture colors = actual with { Samples = [.. actual.Samples.Select((sample, i) => i % 4 == 3 ? byte.MaxValue : sample)] };
            Picture expected = ForNetpbm.Contains(name) ? NetpbmJudge.Decode(file) : ImageMagickJudge.Decode(file, "bmp", actual.Width);
            string? difference = colors.DifferenceFrom(expected, tolerance: 1);
            Assert.True(difference is null, $"{name}: {difference}");
        }
    }

    [CorpusFact]
    public void Kinds_that_no_reference_reads_decode_like_the_same_image_in_another_kind() =>
        Assert.All(Twins, pair => AssertSame(pair.Key, Picture.Decode(Read(pair.Value))));

    [CorpusFact]
    public void Files_of_unusual_masks_decode_to_the_nearest_level() =>
        Assert.All(UnusualMasks, name => AssertSame(name, BmpFile.SlowMasks(Read(name))));

    [CorpusFact]
    public void Files_on_which_peers_disagree_decode() =>
        Assert.All(Arbitrary, name => Assert.Equal((127, 64), (Picture.Decode(Read(name)) is var picture ? picture.Width : 0, picture.Height)));

    [CorpusFact]
    public void An_embedded_PNG_is_refused_by_name()
    {
        var e = Assert.Throws<UnsupportedImageException>(() => Picture.Decode(Read("rgb24png.bmp")));
        Assert.Contains("BI_PNG", e.Message, StringComparison.Ordinal);
    }

    [SamplesFact]
    public void Any_window_equals_that_part_of_the_image()
    {
        Random random = new(6);
        foreach (string name in Files())
        {
            byte[] file = Read(name);
            Picture whole = Picture.Decode(file);
            for (int i = 0; i < 4; i++)
            {
                int x = random.Next(whole.Width);
                int y = random.Next(whole.Height);
                Imaging.Pixels.DecodeWindow window = new(8, x, y, 1 + random.Next(whole.Width - x), 1 + random.Next(whole.Height - y));
                string? difference = Picture.Decode(file, window, out _).DifferenceFrom(whole.Cut(window));
                Assert.True(difference is null, $"{name}, {window}: {difference}");
            }
        }
    }

    private static void AssertSame(string name, Picture expected)
    {
        string? difference = Picture.Decode(Read(name), out string? note).DifferenceFrom(expected) ?? note;
        Assert.True(difference is null, $"{name}: {difference}");
    }

    private static IEnumerable<string> Files() => Samples.Files("conformance", "*.bmp").Select(path => Path.GetFileName(path)!)
        .Where(name => !Arbitrary.Contains(name) && name != "rgb24png.bmp");

    private static byte[] Read(string name) => File.ReadAllBytes(Samples.Files("conformance", name)[0]);
}
