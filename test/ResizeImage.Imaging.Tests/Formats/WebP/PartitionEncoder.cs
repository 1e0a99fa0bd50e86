using System.Globalization;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>libwebp as encoder of several token partitions, which cwebp does not offer: a small C program, compiled at test time.</summary>
internal static class PartitionEncoder
{
    /// <summary>What it needs; see <see cref="ToolFactAttribute"/>.</summary>
    public const string Compiler = "cc";

    /// <inheritdoc cref="Compiler"/>
    public const string Header = "/usr/include/webp/encode.h";

    private const string Source = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <webp/encode.h>

        int main(int argc, char** argv)
        {
            WebPConfig config;
            WebPPicture picture;
            WebPMemoryWriter writer;
            if (argc != 4 || !WebPConfigInit(&config) || !WebPPictureInit(&picture))
                return 1;
            config.partitions = atoi(argv[1]);
            picture.width = atoi(argv[2]);
            picture.height = atoi(argv[3]);
            size_t size = (size_t)3 * picture.width * picture.height;
            unsigned char* rgb = malloc(size);
            if (fread(rgb, 1, size, stdin) != size || !WebPPictureImportRGB(&picture, rgb, 3 * picture.width))
                return 2;
            WebPMemoryWriterInit(&writer);
            picture.writer = WebPMemoryWrite;
            picture.custom_ptr = &writer;
            if (!WebPEncode(&config, &picture))
                return 3;
            fwrite(writer.mem, 1, writer.size, stdout);
            return 0;
        }
        """;

    private static readonly Lazy<string> Executable = new(Compile);

    /// <summary>Encodes with 2 to the power of <paramref name="log2"/> partitions.</summary>
    public static byte[] Encode(Pnm picture, int log2) => ExternalProgram.Run(
        Executable.Value,
        new[] { log2, picture.Width, picture.Height }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        picture.Samples);

    private static string Compile()
    {
        string executable = Path.Combine(Directory.CreateTempSubdirectory("partition-encoder-").FullName, "encoder");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(executable)!, recursive: true);
        ExternalProgram.Run(Compiler, ["-x", "c", "-", "-o", executable, "-lwebp"], System.Text.Encoding.ASCII.GetBytes(Source));
        return executable;
    }
}
