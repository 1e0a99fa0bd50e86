using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>littleCMS, as Pillow calls it: the reference for conversions by ICC profiles, perceptual, to its own sRGB.</summary>
internal static class Lcms
{
    /// <summary>What it needs.</summary>
    public const string Module = "PIL.ImageCms";

    private const string Convert = """
        import io, sys
        from PIL import Image, ImageCms
        mode, length = sys.argv[1], int(sys.argv[2])
        data = sys.stdin.buffer.read()
        profile, samples = data[:length], data[length:]
        picture = Image.frombytes(mode, (len(samples) // len(mode), 1), samples)
        picture = ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile('sRGB'), outputMode='RGB')
        sys.stdout.buffer.write(picture.tobytes())
        """;

    /// <summary>R, G, B of sRGB for each pixel of 8-bit samples.</summary>
    public static byte[] ToSrgb(byte[] profile, ColorModel model, byte[] samples)
    {
        string mode = model switch { ColorModel.Gray => "L", ColorModel.Rgb => "RGB", _ => "CMYK" };
        return ExternalProgram.Run(
            ExternalProgram.Python(Module)!, ["-c", Convert, mode, profile.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)], [.. profile, .. samples]);
    }
}
