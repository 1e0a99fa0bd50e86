using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Files with profiles, and their conversion by Pillow and littleCMS.</summary>
internal static class ProfiledPicture
{
    /// <summary>Width and height of all of them.</summary>
    public const int Side = 96;

    private const string Convert = """
        import io, sys
        from PIL import Image, ImageCms
        size = int(sys.argv[1])
        picture = Image.open(io.BytesIO(sys.stdin.buffer.read()))
        profile = picture.info['icc_profile']
        if picture.mode not in ('L', 'RGB', 'CMYK'):
            picture = picture.convert('L' if picture.mode == 'LA' else 'RGB')
        picture = ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile('sRGB'), outputMode='RGB')
        if picture.width != size:
            picture = picture.resize((size, size), Image.LANCZOS)
        sys.stdout.buffer.write(picture.tobytes())
        """;

    private const string MakeJpeg = """
        import io, sys
        from PIL import Image
        mode, side = sys.argv[1], int(sys.argv[2])
        out = io.BytesIO()
        Image.frombytes(mode, (side, side), sys.stdin.buffer.read()).save(out, 'JPEG', quality=95, subsampling=0)
        sys.stdout.buffer.write(out.getvalue())
        """;

    /// <summary>Slow waves over all colors, so that any resampler makes the same smaller image.</summary>
    public static byte[] Smooth(int channels)
    {
        byte[] samples = new byte[Side * Side * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            (int y, int x) = Math.DivRem(i / channels, Side);
            double phase = (i % channels) switch { 0 => x * 0.065, 1 => y * 0.065, 2 => (x + y) * 0.045, _ => (x - y) * 0.05 };
            samples[i] = (byte)(128 + (127 * Math.Sin(phase)));
        }

        return samples;
    }

    /// <summary>A JPEG file by Pillow with a profile in it.</summary>
    public static byte[] Jpeg(byte[] profile, string mode, int pieces = 1) => JpegFile.With(Jpeg(mode), JpegFile.Profile(profile, pieces));

    /// <summary>The same without.</summary>
    public static byte[] Jpeg(string mode) => ExternalProgram.Run(
        ExternalProgram.Python("PIL")!, ["-c", MakeJpeg, mode, $"{Side}"], Smooth(mode == "L" ? 1 : mode.Length));

    /// <summary>A PNG file with chunks in front of its pixels; alpha is 255.</summary>
    public static byte[] Png(int depth, PngColorType type, params byte[][] chunks)
    {
        int channels = type switch { PngColorType.Grayscale => 1, PngColorType.GrayscaleAlpha => 2, PngColorType.TruecolorAlpha => 4, _ => 3 };
        bool alpha = channels is 2 or 4;
        byte[] smooth = Smooth(channels);
        List<byte> lines = [];
        for (int i = 0; i < smooth.Length; i++)
        {
            if (i % (Side * channels) == 0)
            {
                lines.Add(0);
            }

            byte sample = alpha && i % channels == channels - 1 ? (byte)255 : smooth[i];
            lines.AddRange(depth == 16 ? [sample, sample] : [sample]);
        }

        return PngFile.Of([PngFile.Header(Side, Side, depth, type), .. chunks, PngFile.Data([.. lines]), PngFile.End]);
    }

    /// <summary>Chunk iCCP.</summary>
    public static byte[] Iccp(byte[] profile) => PngFile.Chunk("iCCP", [.. "profile\0\0"u8, .. PngFile.Deflate(profile)]);

    /// <summary>R, G, B as littleCMS converts the file, then reduced by Pillow if <paramref name="size"/> is smaller.</summary>
    public static byte[] Expected(byte[] file, int size = Side) => ExternalProgram.Run(ExternalProgram.Python(Lcms.Module)!, ["-c", Convert, $"{size}"], file);

    /// <summary>R, G, B of our thumbnail, as PNG so that nothing is lost.</summary>
    public static byte[] Actual(byte[] file, int size = Side, string? note = null)
    {
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions { Width = size, Height = size, Format = OutputFormat.Png });
        Assert.Equal(note, made.Note);
        var decoded = Decoding.All(made.Data);
        int channels = decoded.Samples.Length / (size * size);
        return channels switch
        {
            1 => [.. decoded.Samples.SelectMany(sample => Enumerable.Repeat(sample, 3))],
            3 => decoded.Samples,
            _ => [.. decoded.Samples.Where((_, i) => i % 4 != 3)],
        };
    }
}
