using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Jpeg;

/// <summary>Four components: Pillow writes them and reads the inks back.</summary>
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
        sys.stdout.buffer.write(Image.open(io.BytesIO(sys.stdin.buffer.read())).tobytes())
        """;

    [PythonFact("PIL")]
    public void Inverted_CMYK_of_Adobe_programs_is_read()
    {
        string python = ExternalProgram.Python("PIL")!;
        byte[] file = ExternalProgram.Run(python, ["-c", MakeCmyk], TestPicture.Samples(40, 30, 3));
        byte[] inks = ExternalProgram.Run(python, ["-c", ReadInks], file);
        var actual = Decoding.All(file);
        AssertInks(inks, actual.Layout, actual.Samples);
    }

    [PythonFact("PIL")]
    public void YCCK_is_CMY_as_YCbCr()
    {
        // The same coefficients under another Adobe transform: what was C, M, Y is now to be read as Y, Cb, Cr.
        string python = ExternalProgram.Python("PIL")!;
        byte[] cmyk = ExternalProgram.Run(python, ["-c", MakeCmyk], TestPicture.Samples(40, 30, 3));
        byte[] ycck = [.. cmyk];
        int adobe = ycck.AsSpan().IndexOf("Adobe"u8);
        ycck[adobe + 11] = 2;
        byte[] inks = ExternalProgram.Run(python, ["-c", ReadInks], ycck);
        var actual = Decoding.All(ycck);
        AssertInks(inks, actual.Layout, actual.Samples);
    }

    private static void AssertInks(byte[] expected, PixelLayout layout, byte[] actual)
    {
        Assert.Equal(PixelLayout.Cmyk8, layout);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - 1, expected[i] + 1);
        }
    }
}
