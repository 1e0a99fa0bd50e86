using System.Globalization;
using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>The programs of libwebp as judge and as encoder.</summary>
internal static class Dwebp
{
    /// <summary>Decodes to R, G, B, A.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">Of dwebp, for example <c>-nofilter</c>.</param>
    public static (int Width, int Height, byte[] Rgba) Decode(byte[] file, params string[] options)
    {
        byte[] pam = ExternalProgram.Run("dwebp", ["-quiet", .. options, "-pam", "-o", "-", "--", "-"], file);
        int header = pam.AsSpan().IndexOf("ENDHDR\n"u8) + "ENDHDR\n".Length;
        string[] words = Encoding.ASCII.GetString(pam, 0, header).Split(['\n', ' ']);
        int width = Number(words, "WIDTH");
        int height = Number(words, "HEIGHT");
        Assert.Equal(4, Number(words, "DEPTH"));
        return (width, height, pam[header..]);
    }

    /// <summary>The planes Y, U and V one after another, chroma of half the size, rounded up.</summary>
    public static byte[] DecodePlanes(byte[] file) => ExternalProgram.Run("dwebp", ["-quiet", "-yuv", "-o", "-", "--", "-"], file);

    /// <summary>Encodes a picture with cwebp.</summary>
    public static byte[] Encode(Pnm picture, params string[] options) =>
        ExternalProgram.Run("cwebp", ["-quiet", .. options, "-o", "-", "--", "-"], picture.ToFile());

    /// <summary>Encodes a picture with alpha.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="rgba">Its pixels.</param>
    /// <param name="options">Of cwebp.</param>
    public static byte[] Encode(int width, int height, byte[] rgba, params string[] options)
    {
        string header = string.Create(
            CultureInfo.InvariantCulture, $"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n");
        return ExternalProgram.Run("cwebp", ["-quiet", .. options, "-o", "-", "--", "-"], [.. Encoding.ASCII.GetBytes(header), .. rgba]);
    }

    /// <summary>How what we decode differs; null if it does not. A picture without alpha is taken as opaque.</summary>
    /// <param name="file">The file.</param>
    /// <param name="shrunk">Without loop filter and fancy upsampling, as for thumbnails; dwebp then is told the same.</param>
    public static string? DifferenceOf(byte[] file, bool shrunk = false)
    {
        (int width, int height, byte[] expected) = shrunk ? Decode(file, "-nofilter", "-nofancy") : Decode(file);
        ImageInfo info = InputFormat.Open(file).Info;
        if ((info.Width, info.Height) != (width, height))
        {
            return $"{info.Width}×{info.Height} instead of {width}×{height}";
        }

        var decoded = Decoding.Part(file, new DecodeWindow(8, 0, 0, width, height) { WillBeDownscaled = shrunk });
        if (decoded.Note is not null)
        {
            return decoded.Note;
        }

        return Difference(expected, decoded.Samples, decoded.Layout) is int i
            ? $"pixel ({i % width}, {i / width}) of {decoded.Layout} differs"
            : null;
    }

    /// <summary>Fails where two pictures differ in what can be seen.</summary>
    /// <param name="expected">R, G, B, A; where it is transparent, colors do not count.</param>
    /// <param name="samples">Ours.</param>
    /// <param name="layout">How ours lie; without alpha it is opaque.</param>
    public static void AssertSamePicture(ReadOnlySpan<byte> expected, byte[] samples, PixelLayout layout)
    {
        byte[] visible = expected.ToArray();
        byte[] ours = [.. samples];
        for (int i = 0; layout == PixelLayout.Rgba8 && i < visible.Length; i += 4)
        {
            if (visible[i + 3] == 0 && ours[i + 3] == 0)
            {
                visible.AsSpan(i, 4).Clear();
                ours.AsSpan(i, 4).Clear();
            }
        }

        Assert.Null(Difference(visible, ours, layout));
    }

    /// <returns>The first pixel that differs.</returns>
    private static int? Difference(byte[] expected, byte[] samples, PixelLayout layout)
    {
        int channels = layout == PixelLayout.Rgba8 ? 4 : 3;
        for (int i = 0; i < expected.Length / 4; i++)
        {
            ReadOnlySpan<byte> ours = samples.AsSpan(i * channels, channels);
            ReadOnlySpan<byte> theirs = expected.AsSpan(4 * i, 4);
            if (!ours[..3].SequenceEqual(theirs[..3]) || theirs[3] != (channels == 4 ? ours[3] : 255))
            {
                return i;
            }
        }

        return null;
    }

    private static int Number(string[] words, string name) => int.Parse(words[Array.IndexOf(words, name) + 1], CultureInfo.InvariantCulture);
}
