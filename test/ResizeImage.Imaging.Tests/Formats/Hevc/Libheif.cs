using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>The programs of libheif, which encode and judge.</summary>
internal static class Libheif
{
    public const string Encoder = "heif-enc";

    public const string Decoder = "heif-convert";

    /// <summary>Encodes a PNG with options separated by spaces.</summary>
    public static byte[] Encode(byte[] png, string options) => Run(Encoder, "in.png", png, "out.heic", (input, output) => [.. Split(options), input, "-o", output]);

    /// <summary>The pixels as libheif shows them.</summary>
    public static Picture Decode(byte[] heic) => Picture.Decode(Run(Decoder, "in.heic", heic, "out.png", (input, output) => [input, output]));

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Run(string program, string inputName, byte[] file, string outputName, Func<string, string, string[]> arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            (string input, string output) = (Path.Combine(folder.FullName, inputName), Path.Combine(folder.FullName, outputName));
            File.WriteAllBytes(input, file);
            ExternalProgram.Run(program, arguments(input, output));
            return File.ReadAllBytes(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
