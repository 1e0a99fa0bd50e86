using System.Text;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Metadata;
using ResizeImage.Imaging.Metadata.Xmp;
using ResizeImage.Imaging.Tests.Color;
using ResizeImage.Imaging.Tests.Formats.Heif;
using ResizeImage.Imaging.Tests.Formats.WebP;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>What is fuzzed, and with what.</summary>
/// <param name="Structures">Ways to take the samples apart.</param>
/// <param name="Samples">Valid files, small ones: most of what a fuzzer does to a large one is more of the same.</param>
/// <param name="Run">May throw nothing but an <see cref="ImageException"/>.</param>
internal sealed record FuzzTarget(FileStructure[] Structures, IReadOnlyList<byte[]> Samples, Action<byte[]> Run)
{
    /// <summary>Decoding is not the only thing that allocates, but the rest is little.</summary>
    public const int MaxAllocated = MaxDecodedBytes + (4 << 20);

    private const int MaxDecodedBytes = 16 << 20;
    private const int LargestSample = 4000;

    /// <summary>For one file of so many, pixels are allowed that take some milliseconds: what takes too long shows in large pictures.</summary>
    private const int FilesOfLarge = 16;

    /// <summary>Small enough for thousands of files a second; larger pictures are refused by their header.</summary>
    private static readonly ThumbnailOptions Options = new()
    {
        Width = 12,
        Height = 9,
        Format = OutputFormat.Jpeg,
        Limits = new ImageLimits { MaxPixels = 40_000, MaxDecodedBytes = MaxDecodedBytes },
    };

    private static readonly ThumbnailOptions LargeOptions = Options with { Limits = Options.Limits with { MaxPixels = 4_000_000 } };

    /// <summary>The names for <see cref="Named"/>.</summary>
    public static readonly string[] Names = ["jpeg", "png", "webp-lossy", "webp-lossless", "gif", "bmp", "heif", "hevc", "tiff", "qoi", "pnm", "ico", "tga", "raw", "exif", "xmp", "icc"];

    public static FuzzTarget Named(string name) => name switch
    {
        "jpeg" => new([new JpegStructure()], [.. Small("*.jp*g"), .. Jpegs()], Make),
        "png" => new([new PngStructure(inflated: true), new PngStructure(inflated: false)], Small("*.png"), Make),
        "webp-lossy" => new([new WebPStructure()], [.. Small("*.webp"), .. LossyWebPs()], Make),
        "webp-lossless" => new([new WebPStructure()], [.. Small("*.webp").Where(file => file.AsSpan().IndexOf("VP8L"u8) >= 0), .. LosslessWebPs()], Make),
        "gif" => new([new GifStructure()], Small("*.gif"), Make),
        "bmp" => new([new BmpStructure()], Small("*.bmp"), Make),
        "heif" => new([new HeifStructure()], [.. HeifSamples.All()], MakePainted),
        "hevc" => new([new HevcStructure(), new HevcStructure(), new HeifStructure()], Small("*.heic"), Make),
        "tiff" => new([new TiffStructure()], Small("*.tif"), Make),
        "qoi" or "pnm" or "ico" or "tga" or "raw" => new([new BytesOnly()], SmallIn(name), Make),
        "exif" => new([new BytesOnly()], [.. ExifBlocks()], ReadExif),
        "xmp" => new([new BytesOnly()], [.. XmpPackets()], ReadXmp),
        _ => new([new IccStructure()], [.. IccProfiles.Small.Select(sample => sample.Profile)], Convert),
    };

    /// <summary>The first files of a series; each depends on its number alone.</summary>
    public IEnumerable<(string Name, byte[] File)> Relatives(long count)
    {
        for (long number = 0; number < count; number++)
        {
            Random random = new((int)(number * 2654435761 % int.MaxValue));
            byte[] sample = Samples[random.Next(Samples.Count)];
            byte[] other = Samples[random.Next(Samples.Count)];
            yield return ($"file {number}", Structures[random.Next(Structures.Length)].Mutate(sample, other, random));
        }
    }

    private static void Make(byte[] file) => new Thumbnailer().Make(file, file.Length % FilesOfLarge == 0 ? LargeOptions : Options);

    private static void MakePainted(byte[] file)
    {
        ThumbnailOptions options = file.Length % FilesOfLarge == 0 ? LargeOptions : Options;
        WorkMeter work = new(options.Limits.MaxWork);
        ThumbnailPipeline.Run(() => HeifDecoder.Read(new ByteSource(file, work), PaintCodec.Codecs), [options], work);
    }

    private static void ReadExif(byte[] file)
    {
        ExifOrientation.Read(file);
        ExifColorSpace.IsAdobeRgb(file);
        ExifSubject.Read(file, 400, 300);
    }

    private static void ReadXmp(byte[] file) =>
        SubjectFrame.Find(XmpSubjects.Read(file, new ImageInfo(ImageFormat.Jpeg, 400, 300, 6), 1, 1), 1, 0.5);

    private static void Convert(byte[] profile)
    {
        foreach (ColorModel model in Enum.GetValues<ColorModel>())
        {
            Conversion.Try(profile, model);
        }
    }

    private static List<byte[]> Small(string pattern) =>
        [.. Support.Samples.Files("conformance", pattern).Where(path => new FileInfo(path).Length <= LargestSample).Select(File.ReadAllBytes)];

    private static List<byte[]> SmallIn(string folder) =>
        [.. Support.Samples.InRepository($"conformance/{folder}", "*.*").Where(path => new FileInfo(path).Length <= LargestSample).Select(File.ReadAllBytes)];

    /// <summary>Every kind of scan that is read; none where cjpeg is missing.</summary>
    private static IEnumerable<byte[]> Jpegs()
    {
        if (!ExternalProgram.Exists("cjpeg"))
        {
            return [];
        }

        Pnm picture = new(37, 29, 3, TestPicture.Samples(37, 29, 3, seed: 1));
        string[][] options =
        [
            [], ["-progressive"], ["-restart", "1B"], ["-progressive", "-restart", "1"], ["-sample", "1x1"], ["-sample", "4x1"], ["-sample", "1x2"],
            ["-grayscale"], ["-grayscale", "-progressive"], ["-rgb"], ["-quality", "3", "-progressive"], ["-optimize"],
        ];
        byte[][] profile = JpegFile.Profile(IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.2)), 2);
        return options.Select(option => Djpeg.Encode(picture, option)).Append(JpegFile.With(Djpeg.Encode(picture), profile));
    }

    /// <summary>VP8 with its filters, segments and kinds of prediction; with alpha of each kind; none where cwebp is missing.</summary>
    private static IEnumerable<byte[]> LossyWebPs()
    {
        if (!ExternalProgram.Exists("cwebp"))
        {
            return [];
        }

        string[][] options = [["-q", "80"], ["-q", "5", "-f", "80"], ["-q", "60", "-nostrong"], ["-q", "90", "-segments", "1"], ["-size", "300"]];
        string[][] alpha = [["-alpha_q", "50"], ["-alpha_method", "0"], ["-alpha_filter", "best"]];
        return options.Select(option => Dwebp.Encode(TestPicture.Rgb(45, 37), option))
            .Concat(alpha.Select(option => Dwebp.Encode(23, 19, TestPicture.Samples(23, 19, 4), option)));
    }

    /// <summary>VP8L with each transform, a color cache and several groups of codes; none where cwebp is missing.</summary>
    private static IEnumerable<byte[]> LosslessWebPs()
    {
        if (!ExternalProgram.Exists("cwebp"))
        {
            return [];
        }

        string[] levels = ["0", "3", "6", "9"];
        byte[] fewColors = [.. TestPicture.Samples(41, 33, 4).Select((sample, i) => (byte)(i % 4 == 3 ? 255 : sample & 0xC0))];
        return levels.Select(level => Dwebp.Encode(TestPicture.Rgb(45, 37), "-lossless", "-z", level))
            .Append(Dwebp.Encode(23, 19, TestPicture.Samples(23, 19, 4), "-lossless", "-exact"))
            .Append(Dwebp.Encode(41, 33, fewColors, "-lossless", "-z", "9"));
    }

    private static IEnumerable<byte[]> XmpPackets() =>
        ((string[])[XmpFile.Face("0.3", "0.4"), XmpFile.Polygon, XmpFile.Person]).Select(properties => Encoding.UTF8.GetBytes(XmpFile.Of(properties)));

    /// <summary>IFDs in both byte orders, and one that leads to two others.</summary>
    private static IEnumerable<byte[]> ExifBlocks()
    {
        yield return [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        yield return [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 0x01, 0x0F, 0, 2, 0, 0, 0, 4, 65, 66, 67, 0, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0];
        yield return ExifFile.AdobeRgb(0xFFFF, "R03");
    }

    /// <summary>No structure: all changes are to bytes.</summary>
    private sealed class BytesOnly : FileStructure
    {
        public override List<byte[]> Split(byte[] file) => [file];

        public override byte[] Join(IReadOnlyList<byte[]> parts) => [.. parts.SelectMany(part => part)];
    }
}
