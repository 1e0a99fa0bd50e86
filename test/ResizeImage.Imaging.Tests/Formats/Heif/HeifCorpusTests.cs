using System.Globalization;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>The structure of files of phones and cameras. Their pictures are not decoded.</summary>
public partial class HeifCorpusTests
{
    /// <summary>HEVC whose sequence parameter set is not read: the size is that of the property "ispe".</summary>
    private static readonly PictureCodec[] Unread = [new(BoxType.Of("hvc1"), BoxType.Of("hvcC"), (data, _) => new Configuration(data))];

    [CorpusFact("heif-info")]
    public void Sizes_are_those_of_libheif()
    {
        int compared = 0;
        foreach (string path in Corpus.Files("heif/heic", "*"))
        {
            ImageInfo info = HeifDecoder.Read(File.ReadAllBytes(path), Unread).Info;
            string text;
            try
            {
                text = System.Text.Encoding.UTF8.GetString(ExternalProgram.Run("heif-info", [path], []));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                continue; // old versions refuse the newest phones
            }

            if (Primary().Match(text) is { Success: true } size)
            {
                Assert.Equal(
                    (path, int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture)),
                    (path, info.UprightWidth, info.UprightHeight));
                compared++;
            }
        }

        Assert.InRange(compared, 15, int.MaxValue);
    }

    /// <summary>Size, orientation and embedded thumbnail, for files that old versions of libheif refuse, and others.</summary>
    [CorpusFact]
    public void Structures_are_those_of_the_samples()
    {
        (string Name, int Width, int Height, int Orientation, (int Width, int Height)? Thumbnail)[] expected =
        [
            ("iphone16pro-ios18.5-24mp-tiles640x896.heic", 5712, 4284, 6, (416, 312)),
            ("iphone8plus-ios11.4-irot270.heic", 4032, 3024, 6, (320, 240)),
            ("samsung-s24ultra-200mp.heic", 16320, 12240, 6, (512, 384)),
            ("sony-a1-420-10bit-50mp.hif", 8640, 5760, 1, (1616, 1080)),
            ("canon-pq-422-10bit.hif", 2400, 1600, 1, (320, 214)),
            ("nokia-overlay-iovl.heic", 1000, 680, 1, null),
            ("visionpro-spatial.heic", 2560, 2560, 1, null),
        ];
        foreach ((string name, int width, int height, int orientation, (int Width, int Height)? thumbnail) in expected)
        {
            ImageDecoder decoder = HeifDecoder.Read(File.ReadAllBytes(Corpus.Files("heif/heic", name)[0]), Unread);
            Assert.Equal((name, width, height, orientation), (name, decoder.Info.Width, decoder.Info.Height, decoder.Info.Orientation));
            Assert.Equal((name, thumbnail), (name, decoder.Fallback is { } embedded ? (embedded.Info.Width, embedded.Info.Height) : null));
        }
    }

    [CorpusFact]
    public void Hostile_files_give_an_image_error()
    {
        TameRun run = new(file => HeifDecoder.Read(file, Unread), 64 << 20);
        run.Run(Corpus.Files("heif/hostile", "*").Select(path => (path, File.ReadAllBytes(path))));
        run.AssertTame();
    }

    [GeneratedRegex(@"image: (\d+)x(\d+) \(id=\d+\), primary")]
    private static partial Regex Primary();

    private sealed class Configuration(ReadOnlyMemory<byte> hvcC) : PictureConfiguration
    {
        // Bit fields of ISO/IEC 14496-15, 8.3.3.1.
        public override PictureHeader Header { get; } = new(
            16384, 16384, (ChromaFormat)(hvcC.Span[16] & 3), 8 + (hvcC.Span[17] & 7), 8 + (hvcC.Span[18] & 7), null);

        public override long EstimateMemory(bool isExact) => 0;

        public override long EstimateWork() => 0;

        public override PictureDecoder CreateDecoder(WorkMeter work) => throw new UnsupportedImageException($"Not decoded. {Advice.Unsupported}");
    }
}
