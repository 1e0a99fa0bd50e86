using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Pictures encoded by x265, and ffmpeg's decoder, which judges.</summary>
internal static class X265
{
    public const string Program = "x265";

    public const string Libde265 = "libde265-dec265";

    /// <summary>Encodes a still of detail, edges and noise.</summary>
    /// <param name="width">Columns; even for 4:2:0 and 4:2:2.</param>
    /// <param name="height">Rows; even for 4:2:0.</param>
    /// <param name="chroma">i400, i420, i422 or i444.</param>
    /// <param name="bits">8, 10 or 12.</param>
    /// <param name="options">More options of x265, separated by spaces.</param>
    /// <returns>A byte stream.</returns>
    public static byte[] Encode(int width, int height, string chroma, int bits, string options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            (string input, string output) = (Path.Combine(folder.FullName, "in.yuv"), Path.Combine(folder.FullName, "out.hevc"));
            File.WriteAllBytes(input, Planes(width, height, chroma, bits));
            string fixedOptions = $"--input {input} --input-res {width}x{height} --fps 1 --input-depth {bits} -D {bits} --input-csp {chroma} -f 1 --keyint 1 --no-info --log-level error -o {output}";
            ExternalProgram.Run(Program, $"{fixedOptions} {options}".Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return File.ReadAllBytes(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The planes of the first picture as ffmpeg decodes them.</summary>
    public static byte[] Decode(byte[] stream) =>
        ExternalProgram.Run(FfmpegJudge.Program, ["-v", "error", "-f", "hevc", "-i", "-", "-frames:v", "1", "-f", "rawvideo", "-"], stream);

    /// <summary>The same by libde265, which judges 4:4:4 of 12 bits: ffmpeg 5.1 loses its chroma at high quantization parameters.</summary>
    public static byte[] DecodeByLibde265(byte[] stream)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            (string input, string output) = (Path.Combine(folder.FullName, "in.hevc"), Path.Combine(folder.FullName, "out.yuv"));
            File.WriteAllBytes(input, stream);
            ExternalProgram.Run(Libde265, ["-q", "-o", output, input]);
            return File.ReadAllBytes(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Planes(int width, int height, string chroma, int bits)
    {
        (int chromaWidth, int chromaHeight) = chroma switch
        {
            "i400" => (0, 0),
            "i420" => (width / 2, height / 2),
            "i422" => (width / 2, height),
            _ => (width, height),
        };
        byte[] samples =
        [
            .. TestPicture.Samples(width, height, 1, 1), .. TestPicture.Samples(chromaWidth, chromaHeight, 1, 2), .. TestPicture.Samples(chromaWidth, chromaHeight, 1, 3),
        ];
        return bits == 8 ? samples : [.. samples.SelectMany((sample, i) => BitConverter.GetBytes((ushort)((sample << (bits - 8)) | (i % (1 << (bits - 8))))))];
    }
}
