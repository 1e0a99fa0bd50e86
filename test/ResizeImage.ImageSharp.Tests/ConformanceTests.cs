using System.Buffers.Binary;
using System.Text;
using ResizeImage.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>The samples of other people, by both engines: the same thumbnail, or a reason why not.</summary>
public class ConformanceTests
{
    private static readonly ThumbnailOptions Options = new() { Width = 60, Height = 45, Fit = ThumbnailFit.Fill, Format = OutputFormat.Png };

    /// <summary>Lossy formats are decoded at other scales, and rounded otherwise.</summary>
    private const double Tolerance = 3;

    /// <summary>What ImageSharp 3.1.12 makes otherwise; the built-in engine's pictures have judges of their own.</summary>
    private static readonly HashSet<string> Different =
    [
        // BMP: bit fields of 4 bits and of other odd masks, alpha in a header or depth that has none, skipped pixels, bad palettes and runs.
        "V3_A4_R4_G4_B4.bmp", "V3_A4_R4_G4_B4_Top_Down.bmp", "V3_X4_R4_G4_B4.bmp", "V3_X4_R4_G4_B4_Top_Down.bmp", "V5_A1_R5_G5_B5.bmp",
        "V5_A8_R8_G8_B8_Rgb.bmp", "V5_A8_R8_G8_B8_Rgb_BadMask.bmp", "imagemagick_invalid_run_length_issue_2321.bmp", "badpalettesize.bmp", "badrle.bmp",
        "rgb16-880.bmp", "rgb16-231.bmp", "rgba16-1924.bmp", "pal4rlecut.bmp", "pal4rletrns.bmp", "pal8badindex.bmp",

        // GIF: frames that are smaller or larger than the screen, or without pixels.
        "border_touching_layers.gif", "issue_1455_undersized.gif", "issue_1455_oversized.gif", "oob.gif", "background-color.gif",
        "frame-out-of-bounds.gif", "small-frame-interlaced.gif", "metadata-empty.gif", "metadata-full.gif", "multiple-loop-counts.gif",
        "pixel-data-none.gif", "pixel-data-not-enough.gif",

        // PNG: IDAT chunks of a byte, and interlaced pictures with passes that have no pixels.
        "oi9n0g16.png", "oi9n2c16.png", "s02i3p01.png", "s03i3p01.png", "s04i3p01.png",

        // PGM of 16 bits: the built-in engine's samples are those of pamdepth.
        "monkey16.pgm",

        // Damaged or cut off: other things are refused, and other things shown for what is missing.
        "hippopotamus-bad-comment-length.jpeg", "hippopotamus.interlaced.truncated.gif", "hippopotamus.interlaced.truncated.png",
        "hippopotamus.regular.truncated.png", "peacock.default.truncated.jpeg", "xcsn0g01.png",
    ];

    [CorpusFact]
    public void Both_engines_see_the_same_picture()
    {
        List<string> wrong = [];
        int same = 0;
        foreach (string path in Corpus.Files("conformance", "*.*").Where(path => !Different.Contains(Path.GetFileName(path))))
        {
            byte[] file = WithoutColorChunks(File.ReadAllBytes(path));
            (string builtIn, byte[] ours) = Make(new Thumbnailer(), file);
            (string imageSharp, byte[] theirs) = Make(new ImageSharpThumbnailer(), file);
            if (builtIn == nameof(UnsupportedImageException) || (ours.Length == 0 && theirs.Length == 0))
            {
                continue; // what only ImageSharp reads, or neither
            }

            if (builtIn != imageSharp || Difference(ours, theirs) > Tolerance)
            {
                wrong.Add($"{Path.GetFileName(path)}: {builtIn}, {imageSharp}");
            }

            same++;
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(same > 350, $"{same} files");
    }

    /// <summary>ImageSharp does not apply what a PNG says about its colors.</summary>
    private static byte[] WithoutColorChunks(byte[] file)
    {
        const int Signature = 8;
        if (!file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            return file;
        }

        List<byte> kept = [.. file[..Signature]];
        int at = Signature;
        while (at + 12 <= file.Length && BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) <= file.Length - at - 12)
        {
            int end = at + 12 + (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (Encoding.ASCII.GetString(file, at + 4, 4) is not ("gAMA" or "cHRM" or "sRGB" or "iCCP" or "cICP"))
            {
                kept.AddRange(file[at..end]);
            }

            at = end;
        }

        return [.. kept, .. file[at..]];
    }

    private static (string What, byte[] Png) Make(IThumbnailer engine, byte[] file)
    {
        try
        {
            Thumbnail made = engine.Make(file, Options);
            return ($"{made.Source.Format} {made.Source.Width}x{made.Source.Height}", made.Data);
        }
        catch (ImageException e)
        {
            return (e.GetType().Name, []);
        }
    }

    /// <summary>The mean difference of samples; where nothing is seen, color does not count.</summary>
    private static double Difference(byte[] first, byte[] second)
    {
        using Image<Rgba32> one = Image.Load<Rgba32>(first);
        using Image<Rgba32> other = Image.Load<Rgba32>(second);
        double sum = 0;
        for (int y = 0; y < one.Height; y++)
        {
            for (int x = 0; x < one.Width; x++)
            {
                (Rgba32 a, Rgba32 b) = (one[x, y], other[x, y]);
                double seen = Math.Max(a.A, b.A) / 255.0;
                sum += (seen * (Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B)) / 3) + Math.Abs(a.A - b.A);
            }
        }

        return sum / (one.Width * one.Height);
    }
}
