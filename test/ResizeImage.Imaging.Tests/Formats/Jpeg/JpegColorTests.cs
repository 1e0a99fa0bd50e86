using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>Four components: Pillow writes them and reads the inks back. It reads all of them as inverted CMYK, as browsers do.</summary>
public class JpegColorTests
{
    private const string MakeCmyk = """
        import sys, io
        from PIL import Image
        picture = Image.frombytes('RGB', (40, 30), sys.stdin.buffer.read()).convert('CMYK')
        black = picture.getchannel(3).point(lambda v: 60)
        picture = Image.merge('CMYK', (*picture.split()[:3], black))
        out = io.BytesIO()
        picture.save(out, 'JPEG', quality=95, subsampling=0)
        sys.stdout.buffer.write(out.getvalue())
        """;

    private const string ReadInks = """
        import sys, io
        from PIL import Image
        picture = Image.open(io.BytesIO(sys.stdin.buffer.read()))
        assert picture.mode == 'CMYK'
        sys.stdout.buffer.write(picture.tobytes())
        """;

    private static readonly string Python = ExternalProgram.Python("PIL") ?? "";

    [PythonFact("PIL")]
    public void Inverted_CMYK_of_Adobe_programs_is_read() => AssertInks(Cmyk());

    [PythonFact("PIL")]
    public void CMYK_without_an_Adobe_marker_is_inverted()
    {
        byte[] file = JpegFile.Without(Cmyk(), JpegFile.App14);
        AssertInks(file);
        Assert.Equal(Decoding.All(Cmyk()).Samples, Decoding.All(file).Samples);
        AssertInks(JpegFile.With(file, JpegFile.Segment(JpegFile.App0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0])));
        AssertInks(JpegFile.WithIds(file, [7, 0, 255, 9], [7, 0, 255, 9]));
        AssertInks(JpegFile.WithIds(file, [1, 2, 3, 4], [1, 2, 3, 4]));
    }

    /// <summary>The same coefficients under another transform: C, M, Y become Y, Cb, Cr. libjpeg reads every value except 0 as YCCK.</summary>
    [PythonTheory("PIL")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    public void The_transform_of_the_Adobe_marker_decides_between_CMYK_and_YCCK(byte transform)
    {
        byte[] cmyk = Cmyk();
        byte[] file = JpegFile.Change(cmyk, JpegFile.App14, data => [.. data[..11], transform]);
        AssertInks(file);
        Assert.Equal(transform == 0, Decoding.All(cmyk).Samples.SequenceEqual(Decoding.All(file).Samples));
    }

    [CorpusFact(PythonModule = "PIL")]
    public void A_CMYK_card_without_an_Adobe_marker_is_not_black()
    {
        byte[] file = File.ReadAllBytes(Corpus.Files("field", "B01-*.jpg")[0]);
        Thumbnail made = new Thumbnailer().Make(file, new ThumbnailOptions { Format = OutputFormat.Png });
        Picture expected = PillowJudge.Decode([file])[0]!;
        Picture actual = PillowJudge.Decode([made.Data])[0]!;
        Assert.InRange(Mean(actual), Mean(expected) - 10, Mean(expected) + 10);

        static double Mean(Picture picture) => picture.Samples.Where((_, i) => i % 4 != 3).Average(sample => sample);
    }

    private static byte[] Cmyk() => ExternalProgram.Run(Python, ["-c", MakeCmyk], TestPicture.Samples(40, 30, 3));

    private static void AssertInks(byte[] file)
    {
        byte[] expected = ExternalProgram.Run(Python, ["-c", ReadInks], file);
        var actual = Decoding.All(file);
        Assert.Equal(PixelLayout.Cmyk8, actual.Layout);
        Assert.Equal(expected.Length, actual.Samples.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual.Samples[i], expected[i] - 1, expected[i] + 1);
        }
    }
}
