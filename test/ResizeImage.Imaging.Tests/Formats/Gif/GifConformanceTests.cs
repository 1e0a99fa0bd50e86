using ResizeImage.Imaging.Formats.Gif;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Gif;

/// <summary>Every GIF sample, with Pillow as judge.</summary>
public class GifConformanceTests
{
    // Neither Pillow nor giflib reads any of these.
    private static readonly string[] Empty = ["no-frames.gif", "pixel-data-none.gif", "zero-width-frame.gif"];
    private static readonly string[] CutOff = ["hippopotamus.interlaced.truncated.gif", "pixel-data-not-enough.gif"];

    [SamplesFact(PythonModule = PillowJudge.Module)]
    public void Valid_files_decode_exactly_as_Pillow_does()
    {
        string[] paths = [.. Valid()];
        byte[][] files = [.. paths.Select(File.ReadAllBytes)];
        IReadOnlyList<Picture?> expected = PillowJudge.Decode(files);
        List<string> wrong = [];
        for (int i = 0; i < files.Length; i++)
        {
            Picture actual = Picture.Decode(files[i], out string? note);
            if ((expected[i] is { } judged ? actual.DifferenceFrom(WithTransparentMargin(files[i], judged)) : "Pillow refuses it") is string difference)
            {
                wrong.Add($"{paths[i]}: {difference}");
            }

            if (note is not null)
            {
                wrong.Add($"{paths[i]}: {note}");
            }
        }

        Assert.Empty(wrong);
    }

    [SamplesFact("gif2rgb")]
    public void Files_without_margins_decode_exactly_as_giflib_does()
    {
        int compared = 0;
        foreach (string path in Valid())
        {
            byte[] file = File.ReadAllBytes(path);
            GifContents contents = GifContents.Parse(file);
            if (contents.Colors.Layout == PixelLayout.Rgba8 || IsAnimated(path) || IsOneOf(path, ["empty-palette.gif"]))
            {
                // gif2rgb knows no transparency, composes all frames, and wants a color table.
                continue;
            }

            byte[] expected = ExternalProgram.Run("gif2rgb", [], file);
            Picture actual = Picture.Decode(file);
            Assert.True(expected.SequenceEqual(actual.Samples.Where((_, i) => i % 4 != 3)), path);
            compared++;
        }

        Assert.True(compared >= 10, $"{compared} compared");
    }

    [CorpusFact]
    public void Files_without_a_row_of_pixels_are_refused() =>
        Assert.All(Corpus.Files("conformance", "*.gif").Where(path => IsOneOf(path, Empty)), path =>
            Assert.Throws<InvalidImageException>(() => Picture.Decode(File.ReadAllBytes(path))));

    [SamplesFact]
    public void Any_window_equals_that_part_of_the_image()
    {
        Random random = new(5);
        foreach (string path in Valid())
        {
            byte[] file = File.ReadAllBytes(path);
            Picture whole = Picture.Decode(file);
            for (int i = 0; i < 4; i++)
            {
                int x = random.Next(whole.Width);
                int y = random.Next(whole.Height);
                DecodeWindow window = new(8, x, y, 1 + random.Next(whole.Width - x), 1 + random.Next(whole.Height - y));
                string? difference = Picture.Decode(file, window, out _).DifferenceFrom(whole.Cut(window));
                Assert.True(difference is null, $"{path}, {window}: {difference}");
            }
        }
    }

    [CorpusFact]
    public void A_truncated_interlaced_file_shows_its_passes()
    {
        Picture whole = Picture.Decode(File.ReadAllBytes(Corpus.Files("conformance/wuffs", "hippopotamus.interlaced.gif")[0]));
        Picture cut = Picture.Decode(File.ReadAllBytes(Corpus.Files("conformance/wuffs", "hippopotamus.interlaced.truncated.gif")[0]), out string? note);
        Assert.Equal("The GIF is truncated or corrupt in pass 2 of 4 of its interlacing: it is coarse in parts.", note);
        int[] shown = [.. Enumerable.Range(0, whole.Height).Select(y => Enumerable.Range(0, y + 1).Last(from => cut.Row(y).SequenceEqual(whole.Row(from))))];
        Assert.All(shown, (from, y) => Assert.True(y % 8 == 0 ? from == y : from >= y - (y % 8), $"row {y} shows row {from}"));

        // Some of the rows of the second pass are there, and the rows below show them.
        Assert.Equal([4, 4, 4, 4], shown[4..8]);
    }

    /// <summary>Around a frame Pillow shows index 0, or the transparent one; browsers show nothing, and so do we.</summary>
    private static Picture WithTransparentMargin(byte[] file, Picture picture)
    {
        GifFrame frame = GifContents.Parse(file).Frame;
        byte[] samples = [.. picture.Samples];
        for (int i = 0; i < samples.Length; i += 4)
        {
            (int x, int y) = (i / 4 % picture.Width, i / 4 / picture.Width);
            if (x < frame.Left || x >= frame.Right || y < frame.Top || y >= frame.Bottom)
            {
                samples[i + 3] = 0;
            }
        }

        return picture with { Samples = samples };
    }

    private static IEnumerable<string> Valid() => Samples.Files("conformance", "*.gif").Where(path => !IsOneOf(path, [.. Empty, .. CutOff]));

    private static bool IsOneOf(string path, string[] names) => names.Contains(Path.GetFileName(path));

    private static bool IsAnimated(string path) =>
        IsOneOf(path, ["transparent-index.gif"]) || path.Contains("anim", StringComparison.Ordinal) || path.Contains("muybridge", StringComparison.Ordinal) || path.Contains("loop", StringComparison.Ordinal);
}
