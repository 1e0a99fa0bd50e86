using System.Text;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Placeholders;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>The hashes by the reference implementation (the package <c>thumbhash</c> 0.1.1 of npm) of the same pictures.</summary>
public class ThumbHashTests
{
    /// <summary>Made by <c>rgbaToThumbHash</c> under Node.js 20 from the pixels of <see cref="Picture"/>.</summary>
    public static TheoryData<string, int, int, string> Reference => new()
    {
        { "color", 100, 100, "232A0A4F1640758770877774895988788887383007608F06" },
        { "color", 100, 67, "61190A4D984086877087887589678887028302E678" },
        { "color", 45, 100, "E1080A3B1A61705797768978318100F767" },
        { "color", 100, 3, "9B570A319A60568871787788908007F788" },
        { "gray", 64, 48, "1D0812058009A57667B66678887677780000000000" },
        { "alpha", 80, 80, "A76B86350A3A8597B0877459782A9430FB7430757788738978" },
        { "alpha", 100, 40, "256A86228C3984B7B0878508A132FB7450977788768978" },
        { "alpha", 30, 99, "A45986220C38A4A05877A867A230FB7460767788758998" },
        { "clear", 10, 10, "00088205000000000000000000000000000000000000000000" },
    };

    [Theory]
    [MemberData(nameof(Reference))]
    public void The_hash_is_the_one_of_the_reference(string kind, int width, int height, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(ThumbHash.Of(Picture(kind, width, height))));

    /// <summary>Coefficients that are 0 are rounded up or down by errors of 10⁻¹⁷: only the header counts.</summary>
    [Theory]
    [InlineData("flat", 16, 16, "9849030700")]
    [InlineData("color", 1, 1, "05060E8700")]
    [InlineData("color", 2, 90, "1A8709311A")]
    public void The_header_of_a_flat_or_narrow_image_is_the_one_of_the_reference(string kind, int width, int height, string expected)
    {
        string hash = Convert.ToHexString(ThumbHash.Of(Picture(kind, width, height)));
        Assert.StartsWith(expected, hash, StringComparison.Ordinal);
    }

    /// <summary>Set NODE_PATH to the folder of the package.</summary>
    [ThumbHashFact]
    public void Random_pictures_have_the_hashes_of_the_installed_reference()
    {
        Random random = new(1);
        for (int i = 0; i < 20; i++)
        {
            (int width, int height) = (random.Next(16, 101), random.Next(16, 101));
            byte[] rgba = TestPicture.Samples(width, height, 4, seed: i);
            for (int alpha = 3; alpha < rgba.Length; alpha += 4)
            {
                rgba[alpha] = i % 2 == 0 ? (byte)255 : (byte)random.Next(256);
            }

            byte[] expected = ExternalProgram.Run("node", ThumbHashFactAttribute.Script($"{width},{height},require('fs').readFileSync(0)"), rgba);
            Assert.Equal(Encoding.ASCII.GetString(expected), Convert.ToHexString(ThumbHash.Of(new Bitmap(width, height, 4, rgba))));
        }
    }

    [Fact]
    public void Gray_and_opaque_colors_have_the_same_hash_in_every_layout()
    {
        Bitmap gray = new(30, 20, 1, TestPicture.Samples(30, 20, 1));
        Bitmap rgb = new(30, 20, 3, [.. gray.Samples.SelectMany(value => Enumerable.Repeat(value, 3))]);
        Bitmap rgba = new(30, 20, 4, [.. gray.Samples.SelectMany(value => (byte[])[value, value, value, 255])]);
        Assert.Equal(ThumbHash.Of(gray), ThumbHash.Of(rgb));
        Assert.Equal(ThumbHash.Of(gray), ThumbHash.Of(rgba));
    }

    /// <summary>Larger images are averaged: of an image whose pixels are all doubled, the hash is the same.</summary>
    [Theory]
    [InlineData(100, 70, 2)]
    [InlineData(60, 100, 4)]
    public void A_large_image_is_reduced(int width, int height, int factor)
    {
        Bitmap small = new(width, height, 4, TestPicture.Samples(width, height, 4));
        byte[] large = new byte[small.Samples.Length * factor * factor];
        for (int i = 0; i < large.Length; i++)
        {
            (int x, int y) = (i / 4 % (width * factor), i / 4 / (width * factor));
            large[i] = small.Samples[((((y / factor) * width) + (x / factor)) * 4) + (i % 4)];
        }

        Assert.Equal(ThumbHash.Of(small), ThumbHash.Of(new Bitmap(width * factor, height * factor, 4, large)));
    }

    [Fact]
    public void Every_size_has_a_hash_of_at_most_25_bytes()
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 4096), (4096, 1), (101, 100), (201, 199), (4096, 3) })
        {
            Assert.InRange(ThumbHash.Of(new Bitmap(width, height, 4, TestPicture.Samples(width, height, 4))).Length, 5, 25);
        }
    }

    [Theory]
    [InlineData("flat", "#C81F3C")]
    [InlineData("clear", "#FFFFFF")]
    public void The_dominant_color_of_one_color_is_this_color(string kind, string expected) =>
        Assert.Equal(expected, DominantColor.Of(Picture(kind, 40, 30)));

    /// <summary>The mean of the three would be a brown that no pixel has.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void The_dominant_color_is_the_one_of_most_pixels(int scale)
    {
        (byte, byte, byte)[] stripes = [(10, 60, 200), (200, 30, 60), (200, 30, 60), (20, 160, 40), (202, 30, 60)];
        int side = 5 * scale;
        byte[] samples = new byte[side * side * 3];
        for (int i = 0; i < side * side; i++)
        {
            (samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]) = stripes[i % side / scale];
        }

        Assert.Equal("#C91E3C", DominantColor.Of(new Bitmap(side, side, 3, samples)));
    }

    [Fact]
    public void Transparent_pixels_have_no_color()
    {
        byte[] samples = [.. Enumerable.Range(0, 100).SelectMany(i => i < 70 ? (byte[])[255, 0, 0, 0] : [0, 0, 128, 255])];
        Assert.Equal("#000080", DominantColor.Of(new Bitmap(10, 10, 4, samples)));
    }

    [Fact]
    public void A_thumbnail_has_placeholders_if_they_are_asked_for()
    {
        byte[] file = File.ReadAllBytes(Samples.InRepository("photos", "valley.jpg")[0]);
        Thumbnail without = new Thumbnailer().Make(file, new ThumbnailOptions());
        Assert.Equal((null, null), (without.ThumbHash, without.DominantColor));
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions { MakesPlaceholders = true });
        Assert.Equal(without.Data, made.Data);
        Assert.InRange(made.ThumbHash!.Length, 5, 25);
        Assert.Matches("^#[0-9A-F]{6}$", made.DominantColor);
    }

    /// <summary>Transparent pixels of a JPEG thumbnail have the color of its background.</summary>
    [Fact]
    public void Placeholders_are_of_the_file_that_is_written()
    {
        byte[] file = File.ReadAllBytes(Samples.InRepository("conformance/webp", "*alpha*.webp")[0]);
        ThumbnailOptions options = new() { MakesPlaceholders = true, Format = OutputFormat.Jpeg };
        const int HasAlpha = 0x80;
        Assert.Equal(0, new Thumbnailer().Make(file, options).ThumbHash![2] & HasAlpha);
        Assert.Equal(HasAlpha, new Thumbnailer().Make(file, options with { Format = OutputFormat.Png }).ThumbHash![2] & HasAlpha);
    }

    /// <summary>The pictures of <see cref="Reference"/>.</summary>
    private static Bitmap Picture(string kind, int width, int height)
    {
        byte[] rgba = new byte[4 * width * height];
        for (int i = 0; i < rgba.Length; i += 4)
        {
            (int x, int y) = (i / 4 % width, i / 4 / width);
            int shorter = Math.Min(width, height);
            bool isDisc = 2 * (Square((2 * x) - width) + Square((2 * y) - height)) < Square(shorter);
            byte gray = (byte)((x * 5) + (y * 2));
            int alpha = kind switch { "clear" => 0, "alpha" => isDisc ? 255 : x * 255 / width, _ => 255 };
            byte[] color = kind switch
            {
                "flat" => [200, 31, 60],
                "gray" => [gray, gray, gray],
                _ when isDisc => [250, 200, 40],
                _ => [(byte)(x * 255 / width), (byte)(y * 255 / height), (byte)((((x * 3) + (y * 5)) & 127) + 64)],
            };
            color.CopyTo(rgba, i);
            rgba[i + 3] = (byte)alpha;
        }

        return new Bitmap(width, height, 4, rgba);
    }

    private static int Square(int value) => value * value;

    /// <summary>Needs Node.js and the package thumbhash.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ThumbHashFactAttribute : RequirementFactAttribute
    {
        public ThumbHashFactAttribute() =>
            Require(ExternalProgram.Exists("node") && HasPackage(), "needs Node.js and the npm package thumbhash in NODE_PATH");

        /// <summary>Prints a hash in hexadecimal.</summary>
        public static string[] Script(string arguments) =>
            ["-e", $"import(require.resolve('thumbhash')).then(t => process.stdout.write(Buffer.from(t.rgbaToThumbHash({arguments})).toString('hex').toUpperCase()))"];

        private static bool HasPackage()
        {
            try
            {
                ExternalProgram.Run("node", ["-e", "require.resolve('thumbhash')"]);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }
}
