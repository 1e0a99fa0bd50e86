using System.Buffers.Binary;
using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Formats.Tiff;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>Decoders run beside a download: thumbnails do not depend on how files arrive, and rows come before the file's end.</summary>
public class ArrivalTests
{
    private static readonly ThumbnailOptions Options = new() { Width = 48, Height = 32 };

    [SamplesTheory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(0)]
    public void Thumbnails_and_refusals_do_not_depend_on_the_pieces(int piece)
    {
        string[] files = [.. Samples.Files("conformance", "*.*").Concat(Samples.Files("photos", "*.jpg"))];
        Assert.NotEmpty(files);
        foreach (string path in files)
        {
            byte[] file = File.ReadAllBytes(path);
            AssertSame(file, piece, path);
            AssertSame(file[..(file.Length * 2 / 3)], piece, $"{path}, two thirds");
        }
    }

    /// <summary>Photos of the field, broken and hostile files as well.</summary>
    [CorpusFact]
    public void Files_of_the_corpus_do_not_depend_on_the_pieces() =>
        Parallel.ForEach(Corpus.Files("", "*"), path =>
        {
            byte[] file = File.ReadAllBytes(path);
            string expected = Outcome(work => new ByteSource(file, work));
            foreach (int piece in (int[])[1, 1000, 0])
            {
                string actual = Outcome(work => new SlowFile(file, piece).Source(work));
                Assert.True(expected == actual, $"{path}, {piece}\nwhole: {expected}\nin pieces: {actual}");
            }
        });

    [ToolTheory("cjpeg", "convert")]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("gif")]
    [InlineData("bmp")]
    [InlineData("ppm")]
    [InlineData("tiff")]
    [InlineData("tga")]
    [InlineData("qoi")]
    public void Rows_come_before_the_file_has_arrived(string format)
    {
        const int Width = 1200;
        const int Height = 900;
        byte[] picture = TestPicture.Rgb(Width, Height).ToFile();
        byte[] samples = TestPicture.Samples(Width, Height, 3);
        byte[] file = format switch
        {
            "jpeg" => ExternalProgram.Run("cjpeg", ["-quality", "90"], picture),
            "ppm" => picture,
            "tiff" => TiffFile.DirectoryFirst(TiffFile.Of(Width, Height, 8, 2, 3, samples)),
            "tga" => SmallFormats.Tga(Width, Height, samples),
            "qoi" => SmallFormats.Qoi(Width, Height, samples),
            _ => ExternalProgram.Run("convert", ["-", $"{(format == "bmp" ? "bmp3" : format)}:-"], picture),
        };
        file = format switch
        {
            "bmp" => FromTheTop(file, Height),
            _ => file,
        };
        SlowFile slow = new(file, 1000);
        ImageDecoder decoder = InputFormat.Open(slow.Source(new WorkMeter()));
        using RowReader rows = decoder.Open(new DecodeWindow(8, 0, 0, Width, Height));
        byte[] row = new byte[Width * rows.Layout.BytesPerPixel()];
        for (int y = 0; y < Height / 10; y++)
        {
            rows.ReadRow(row);
        }

        Assert.InRange(slow.Arrived, 1, file.Length / 2);
    }

    /// <summary>Half of a progressive file refines what a thumbnail does not show; with the tables of quality 75, DC's last bit shows.</summary>
    [ToolTheory("cjpeg")]
    [InlineData(1, 85, 0.25, "")]
    [InlineData(2, 85, 0.4, "")]
    [InlineData(3, 85, 0.5, "")]
    [InlineData(4, 85, 0.5, "")]
    [InlineData(4, 75, 0.75, "")]
    [InlineData(1, 85, 1, "0; 1; 2;")]
    [InlineData(2, 85, 0.75, "0: 0-0, 0, 0; 1 2: 0-0, 0, 0; 0: 1-8, 0, 2; 1: 1-8, 0, 0; 2: 1-8, 0, 0; 0: 9-63, 0, 2; 0: 1-63, 2, 1; 0: 1-63, 1, 0; 1: 9-63, 0, 0; 2: 9-63, 0, 0;")]
    public void A_JPEG_in_several_scans_is_not_awaited_to_its_end(int eighths, int quality, double most, string script)
    {
        const int Width = 2400;
        const int Height = 1800;
        string[] options = script.Length == 0 ? ["-progressive"] : ["-scans", Djpeg.ScanScript(script)];
        byte[] file = ExternalProgram.Run("cjpeg", ["-quality", $"{quality}", "-sample", "2x2", .. options], TestPicture.Rgb(Width, Height).ToFile());
        DecodeWindow window = new(eighths, 0, 0, Width * eighths / 8, Height * eighths / 8);
        SlowFile slow = new(file, 1000);
        byte[] arrived = Rows(InputFormat.Open(slow.Source(new WorkMeter())), window);
        int needed = slow.Arrived;
        Assert.True(most < 1 ? needed < file.Length * most : needed > file.Length - 200_000, $"{needed} of {file.Length} bytes");
        Assert.Equal(Rows(InputFormat.Open(file), window), arrived);

        byte[] other = [.. file[..needed], .. new byte[file.Length - needed]];
        Assert.Equal(arrived, Rows(InputFormat.Open(other), window));
    }

    private static byte[] Rows(ImageDecoder decoder, DecodeWindow window)
    {
        using RowReader rows = decoder.Open(window);
        int stride = window.Width * rows.Layout.BytesPerPixel();
        byte[] all = new byte[window.Height * stride];
        for (int y = 0; y < window.Height; y++)
        {
            rows.ReadRow(all.AsSpan(y * stride, stride));
        }

        Assert.Null(rows.Note);
        return all;
    }

    /// <summary>The function begins before it knows what follows the pixels, and begins again if that turns or moves the picture.</summary>
    [ToolTheory("convert")]
    [InlineData(1, null)]
    [InlineData(6, null)]
    [InlineData(3, "0.1")]
    [InlineData(1, "0.9")]
    public void Metadata_behind_the_pixels_of_a_PNG_counts(byte orientation, string? faceY)
    {
        byte[] png = ExternalProgram.Run("convert", ["-", "png:-"], TestPicture.Rgb(400, 300).ToFile());
        int end = png.Length - 12;
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] xmp = faceY is null ? [] : PngFile.Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(XmpFile.Of(XmpFile.Face("0.5", faceY)))]);
        byte[] late = [.. png[..end], .. PngFile.Chunk("eXIf", exif), .. xmp, .. png[end..]];
        AssertSame(late, 1000, "late");
        Assert.NotEqual(orientation == 1 && faceY is null, Outcome(work => new ByteSource(png, work)) != Outcome(work => new ByteSource(late, work)));
    }

    /// <summary>Rows of most BMPs come from the bottom up; a negative height says that they do not.</summary>
    private static byte[] FromTheTop(byte[] bmp, int height)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), -height);
        return bmp;
    }

    private static void AssertSame(byte[] file, int piece, string name)
    {
        string expected = Outcome(work => new ByteSource(file, work));
        string actual = Outcome(work => new SlowFile(file, piece).Source(work));
        Assert.True(expected == actual, $"{name}\nwhole: {expected}\nin pieces: {actual}");
    }

    private static string Outcome(Func<WorkMeter, ByteSource> source)
    {
        WorkMeter work = new();
        try
        {
            Thumbnail made = ThumbnailPipeline.Run(() => InputFormat.Open(source(work)), [Options], work)[0];
            return $"{Convert.ToHexString(made.Data)} {made.Note}";
        }
        catch (ImageException refusal)
        {
            return $"{refusal.GetType().Name}: {refusal.Message}";
        }
    }
}
