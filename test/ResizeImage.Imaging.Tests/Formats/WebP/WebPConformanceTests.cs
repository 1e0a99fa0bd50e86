using System.Globalization;
using System.Text;
using ResizeImage.Imaging.Formats.WebP;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>Every WebP sample, with libwebp as judge.</summary>
public class WebPConformanceTests
{
    private const string FirstFrame = """
        import io, sys
        from PIL import Image
        picture = Image.open(io.BytesIO(sys.stdin.buffer.read())).convert("RGBA")
        sys.stdout.buffer.write(f"{picture.width} {picture.height}\n".encode() + picture.tobytes())
        """;

    [SamplesFact("dwebp")]
    public void Pixels_are_exactly_those_of_libwebp()
    {
        List<string> wrong = [];
        foreach (string path in Files(animated: false))
        {
            byte[] file = File.ReadAllBytes(path);
            if ((Dwebp.DifferenceOf(file) ?? Dwebp.DifferenceOf(file, shrunk: true)) is string difference)
            {
                wrong.Add($"{path}: {difference}");
            }
        }

        Assert.Empty(wrong);
    }

    [SamplesFact("dwebp")]
    public void Planes_of_lossy_images_are_exactly_those_of_libwebp()
    {
        string[] lossy = [.. Files(animated: false).Where(path => WebPContents.Parse(File.ReadAllBytes(path)).Frame!.IsLossless == false)];
        Assert.NotEmpty(lossy);
        foreach (string path in lossy)
        {
            byte[] file = File.ReadAllBytes(path);
            // dwebp puts alpha, where there is any, behind them.
            Assert.True(Dwebp.DecodePlanes(file).AsSpan().StartsWith(Planes(file)), path);
        }
    }

    /// <summary>Pillow has libwebp's decoder of animations.</summary>
    [SamplesFact(PythonModule = "PIL._webp")]
    public void The_first_frame_of_animations_is_that_of_libwebp()
    {
        foreach (string path in Files(animated: true))
        {
            byte[] file = File.ReadAllBytes(path);
            byte[] answer = ExternalProgram.Run(ExternalProgram.Python("PIL._webp")!, ["-c", FirstFrame], file);
            int header = Array.IndexOf(answer, (byte)'\n') + 1;
            var ours = Decoding.All(file);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{ours.Width} {ours.Height}\n"), Encoding.ASCII.GetString(answer, 0, header));
            Dwebp.AssertSamePicture(answer.AsSpan(header), ours.Samples, ours.Layout);
        }
    }

    [SamplesFact]
    public void Any_window_equals_that_part_of_the_image()
    {
        Random random = new(5);
        foreach (string path in Files(animated: false).Concat(Files(animated: true)))
        {
            byte[] file = File.ReadAllBytes(path);
            var whole = Decoding.All(file);
            int pixel = whole.Layout.BytesPerPixel();
            for (int i = 0; i < 8; i++)
            {
                int x = random.Next(whole.Width);
                int y = random.Next(whole.Height);
                DecodeWindow window = new(8, x, y, 1 + random.Next(whole.Width - x), 1 + random.Next(whole.Height - y));
                byte[] expected = [.. Enumerable.Range(y, window.Height).SelectMany(
                    row => whole.Samples[(((row * whole.Width) + x) * pixel)..(((row * whole.Width) + x + window.Width) * pixel)])];
                var part = Decoding.Part(file, window);
                Assert.Equal(whole.Layout, part.Layout);
                Assert.True(Visible(part.Samples, part.Layout).SequenceEqual(Visible(expected, whole.Layout)), $"{path}, {window}");
            }
        }
    }

    /// <summary>The samples without the colors of transparent pixels, which depend on whether the window touches the frame of an animation.</summary>
    private static byte[] Visible(byte[] samples, PixelLayout layout) => layout == PixelLayout.Rgba8
        ? [.. samples.Select((sample, i) => samples[i | 3] == 0 ? (byte)0 : sample)]
        : samples;

    /// <summary>Y, U and V of the picture's own size, one after another.</summary>
    private static byte[] Planes(byte[] file)
    {
        var header = new Vp8Header(WebPContents.Parse(file).Frame!.Image);
        var rows = new MacroblockRows(header, filter: true);
        List<byte> y = [];
        List<byte> u = [];
        List<byte> v = [];
        int chromaWidth = (header.Width + 1) / 2;
        int chromaHeight = (header.Height + 1) / 2;
        while (y.Count < header.Width * header.Height)
        {
            Assert.True(rows.TryDecode());
            int final = (16 * rows.Decoded) - (16 * rows.Decoded < header.Height ? rows.Unfinished : 0);
            for (int row = y.Count / header.Width; row < Math.Min(final, header.Height); row++)
            {
                y.AddRange(rows.Planes.YRow(row)[..header.Width]);
            }

            for (int row = u.Count / chromaWidth; row < Math.Min(final / 2, chromaHeight); row++)
            {
                u.AddRange(rows.Planes.ChromaRow(rows.Planes.U, row)[..chromaWidth]);
                v.AddRange(rows.Planes.ChromaRow(rows.Planes.V, row)[..chromaWidth]);
            }
        }

        return [.. y, .. u, .. v];
    }

    private static IEnumerable<string> Files(bool animated) =>
        Samples.Files("conformance", "*.webp").Where(path => File.ReadAllBytes(path).AsSpan().IndexOf("ANMF"u8) >= 0 == animated);
}
