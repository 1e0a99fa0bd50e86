using System.Buffers.Binary;
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
            "png" => WithOrientation(file),
            "bmp" => FromTheTop(file, Height),
            _ => file,
        };
        SlowFile slow = new(file, 1000);
        ImageDecoder decoder = InputFormat.Open(slow.Source(new WorkMeter()));
        using RowReader rows = decoder.Open(new DecodeWindow(1, 0, 0, Width, Height));
        byte[] row = new byte[Width * rows.Layout.BytesPerPixel()];
        for (int y = 0; y < Height / 10; y++)
        {
            rows.ReadRow(row);
        }

        Assert.InRange(slow.Arrived, 1, file.Length / 2);
    }

    /// <summary>A PNG that says nothing of its orientation before its pixels must be searched to its end.</summary>
    private static byte[] WithOrientation(byte[] png)
    {
        int data = png.AsSpan().IndexOf("IDAT"u8) - 4;
        return [.. png[..data], .. PngFile.Chunk("eXIf", [.. "II*\0"u8]), .. png[data..]];
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
