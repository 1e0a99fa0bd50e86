using System.Globalization;
using ResizeImage.ImageSharp.Tests.Support;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

/// <summary>
/// Each format that Pillow can write without loss gives the thumbnail that the built-in engine makes of the same picture as PNG, byte
/// for byte: geometry, resampling and encoding are the same, and the built-in PNG decoder has libpng as judge.
/// </summary>
public class FormatTests
{
    /// <summary>
    /// Not among them, for what ImageSharp 3.1.12 makes of them: TIFF with a palette (Pillow writes 256 times each value, ImageSharp divides by
    /// 257), bilevel TIFF of CCITT group 3 (other pixels), and without the tag BitsPerSample (refused, though it has a default).
    /// </summary>
    private const string Lossless =
        """
        for mode, picture, formats in (
            ('rgb', rgb, ('TIFF', 'TGA', 'PPM', 'BMP', 'PNG')),
            ('rgba', rgba, ('TIFF', 'TGA', 'PNG')),
            ('gray', gray, ('TIFF', 'TGA', 'PPM', 'BMP', 'PNG')),
            ('palette', palette, ('TGA', 'BMP', 'GIF', 'PNG')),
            ('bilevel', bilevel, ('PPM', 'BMP', 'PNG'))):
            add(mode + ' reference', save(picture.convert('RGBA' if mode == 'rgba' else 'RGB'), 'PNG'))
            for format in formats:
                add(mode + ' ' + format, save(picture, format))
            if 'TGA' in formats:
                add(mode + ' TGA run-length', save(picture, 'TGA', compression='tga_rle'))
            for compression in () if mode == 'palette' else ('tiff_lzw', 'tiff_adobe_deflate', 'packbits', *(('group4',) if mode == 'bilevel' else ())):
                add(mode + ' TIFF ' + compression, save(picture, 'TIFF', compression=compression))
            if mode in ('rgb', 'rgba'):
                add(mode + ' WEBP', save(picture, 'WEBP', lossless=True, exact=True))
        """;

    [PythonFact("PIL")]
    public void Lossless_formats_give_the_thumbnail_that_PNG_gives()
    {
        byte[] reference = [];
        List<string> wrong = [];
        HashSet<ImageFormat> formats = [];
        foreach ((string name, byte[] file) in Pillow.Files(Lossless))
        {
            if (name.EndsWith("reference", StringComparison.Ordinal))
            {
                reference = file;
                continue;
            }

            foreach (ThumbnailFit fit in Enum.GetValues<ThumbnailFit>())
            {
                try
                {
                    Thumbnail made = Make(file, fit);
                    formats.Add(made.Source.Format);
                    Assert.Equal((120, 90, 1), (made.Source.Width, made.Source.Height, made.Source.Orientation));
                    Assert.Equal(new Thumbnailer().Make(reference, Options(fit)).Data, made.Data);
                }
                catch (Exception difference)
                {
                    wrong.Add($"{name}, {fit}: {difference.Message}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal([ImageFormat.Png, ImageFormat.Gif, ImageFormat.Bmp, ImageFormat.WebP, ImageFormat.Tiff, ImageFormat.Tga, ImageFormat.Pbm], formats.Order());
    }

    [PythonFact("PIL")]
    public void A_profile_is_applied_as_with_PNG()
    {
        // sRGB with red and green exchanged: nobody can miss that.
        const string Profiled =
            """
            from PIL import ImageCms
            profile = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
            profile = profile.replace(b'rXYZ', b'....').replace(b'gXYZ', b'rXYZ').replace(b'....', b'gXYZ')
            add('plain', save(rgb, 'PNG'))
            add('profiled', save(rgb, 'PNG', icc_profile=profile))
            add('TIFF', save(rgb, 'TIFF', icc_profile=profile))
            """;
        IReadOnlyList<(string Name, byte[] File)> files = Pillow.Files(Profiled);
        byte[] expected = new Thumbnailer().Make(files[1].File, Options(ThumbnailFit.Cover)).Data;
        Assert.NotEqual(new Thumbnailer().Make(files[0].File, Options(ThumbnailFit.Cover)).Data, expected);
        Assert.Equal(expected, Make(files[2].File, ThumbnailFit.Cover).Data);
    }

    [PythonFact("PIL")]
    public void Qoi_gives_the_thumbnail_that_PNG_gives()
    {
        IReadOnlyList<(string Name, byte[] File)> files = Pillow.Files("add('png', save(rgb, 'PNG'))\nadd('samples', rgb.tobytes())");

        // Pillow does not write QOI; a file of QOI_OP_RGB alone is one (qoiformat.org, version 1.0).
        byte[] qoi = [.. "qoif"u8, 0, 0, 0, 120, 0, 0, 0, 90, 3, 0, .. files[1].File.Chunk(3).SelectMany(pixel => pixel.Prepend((byte)0xFE)), 0, 0, 0, 0, 0, 0, 0, 1];
        Thumbnail made = Make(qoi, ThumbnailFit.Cover);
        Assert.Equal(ImageFormat.Qoi, made.Source.Format);
        Assert.Equal(new Thumbnailer().Make(files[0].File, Options(ThumbnailFit.Cover)).Data, made.Data);
    }

    [PythonFact("PIL")]
    public void Of_an_animation_the_first_frame_is_taken()
    {
        const string Frames =
            """
            add('reference', save(palette.convert('RGB'), 'PNG'))
            add('GIF', save(palette, 'GIF', save_all=True, append_images=[palette.rotate(90)]))
            add('WEBP', save(palette.convert('RGB'), 'WEBP', save_all=True, append_images=[rgb.rotate(90)], lossless=True))
            add('TIFF', save(palette.convert('RGB'), 'TIFF', save_all=True, append_images=[rgb.rotate(90).resize((300, 7))]))
            """;
        IReadOnlyList<(string Name, byte[] File)> files = Pillow.Files(Frames);
        byte[] expected = new Thumbnailer().Make(files[0].File, Options(ThumbnailFit.Cover)).Data;
        Assert.All(files.Skip(1), file => Assert.Equal(expected, Make(file.File, ThumbnailFit.Cover).Data));
    }

    [PythonFact("PIL")]
    public void Every_orientation_comes_out_upright()
    {
        const string Orientations =
            """
            for orientation in range(1, 9):
                exif = Image.Exif()
                exif[0x112] = orientation
                stored = rgb.copy()
                stored.info['exif'] = exif.tobytes()
                add(f'{orientation} reference', save(ImageOps.exif_transpose(Image.open(io.BytesIO(save(stored, 'PNG', exif=exif)))).convert('RGB'), 'PNG'))
                add(f'{orientation} PNG', save(rgb, 'PNG', exif=exif))
                add(f'{orientation} WEBP', save(rgb, 'WEBP', exif=exif.tobytes(), lossless=True))
                add(f'{orientation} TIFF', save(rgb, 'TIFF', tiffinfo={0x112: orientation}))
                add(f'{orientation} JPEG', save(rgb, 'JPEG', exif=exif, quality=100, subsampling=0))
            """;
        Raw reference = default;
        foreach ((string name, byte[] file) in Pillow.Files(Orientations))
        {
            if (name.EndsWith("reference", StringComparison.Ordinal))
            {
                reference = Raw.Of(new Thumbnailer().Make(file, Options(ThumbnailFit.Inside)).Data);
                continue;
            }

            Thumbnail made = Make(file, ThumbnailFit.Inside);
            Assert.Equal(int.Parse(name[..1], CultureInfo.InvariantCulture), made.Source.Orientation);
            Raw upright = Raw.Of(made.Data);
            Assert.Equal((reference.Width, reference.Height), (upright.Width, upright.Height));
            Assert.True(Quality.Psnr(reference.Samples, upright.Samples) > 38, name);
        }
    }

    [CorpusFact(PythonModule = "PIL")]
    public void Photos_look_as_with_the_built_in_engine()
    {
        foreach (string path in Corpus.Files("photos", "*.jpg"))
        {
            byte[] photo = File.ReadAllBytes(path);
            Thumbnail expected = new Thumbnailer().Make(photo, Options(ThumbnailFit.Cover));
            Thumbnail made = Make(photo, ThumbnailFit.Cover);
            Assert.Equal((expected.Source, expected.Eighths), (made.Source, made.Eighths));
            double alike = Quality.Psnr(Raw.Of(expected.Data).Samples, Raw.Of(made.Data).Samples);
            Assert.True(alike > 40, $"{path}: {alike:F1} dB");
        }
    }

    private static Thumbnail Make(byte[] file, ThumbnailFit fit) => new ImageSharpThumbnailer().Make(file, Options(fit));

    private static ThumbnailOptions Options(ThumbnailFit fit) => new() { Width = 50, Height = 40, Fit = fit, Format = OutputFormat.Png };

    /// <summary>The samples of a PNG file, as Pillow reads it.</summary>
    private readonly record struct Raw(int Width, int Height, byte[] Samples)
    {
        public static Raw Of(byte[] png)
        {
            const string Script =
                "import io, sys; from PIL import Image; p = Image.open(io.BytesIO(sys.stdin.buffer.read())).convert('RGB'); "
                + "sys.stdout.buffer.write(p.width.to_bytes(4, 'little') + p.height.to_bytes(4, 'little') + p.tobytes())";
            byte[] output = ExternalProgram.Run(ExternalProgram.Python("PIL")!, ["-c", Script], png);
            return new Raw(BitConverter.ToInt32(output, 0), BitConverter.ToInt32(output, 4), output[8..]);
        }
    }
}
