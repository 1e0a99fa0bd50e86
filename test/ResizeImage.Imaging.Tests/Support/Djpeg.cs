namespace ResizeImage.Imaging.Tests.Support;

/// <summary>The programs of libjpeg-turbo as judge and as encoder.</summary>
internal static class Djpeg
{
    /// <summary>djpeg's exit code when it could read a damaged file.</summary>
    private const int Warning = 2;

    /// <summary>Decodes with the accurate integer DCT.</summary>
    public static Pnm Decode(byte[] file) => Pnm.Parse(Run(file));

    /// <summary>True if djpeg makes nothing of the file.</summary>
    public static bool Refuses(byte[] file) => Run(file).Length == 0;

    /// <summary>The same coefficients in one sequential scan: djpeg smooths what is missing of a progressive file, which is no decoding.</summary>
    public static byte[] ToSequential(byte[] file) => ExternalProgram.Run("jpegtran", ["-copy", "none"], file, Warning);

    /// <summary>Encodes with the accurate integer DCT.</summary>
    public static byte[] Encode(Pnm picture, params string[] options) =>
        ExternalProgram.Run("cjpeg", ["-dct", "int", .. options], picture.ToFile());

    /// <summary>The largest difference of samples; fails where the sizes differ.</summary>
    public static int WorstDifference(Pnm expected, int width, int height, byte[] samples)
    {
        Assert.Equal((expected.Width, expected.Height), (width, height));
        Assert.Equal(expected.Samples.Length, samples.Length);
        int worst = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected.Samples[i] - samples[i]));
        }

        return worst;
    }

    private static byte[] Run(byte[] file) => ExternalProgram.Run("djpeg", ["-dct", "int", "-pnm"], file, Warning);

    /// <summary>A file with a scan script for cjpeg's option -scans.</summary>
    public static string ScanScript(string script)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "scans.txt");
        File.WriteAllText(path, script);
        return path;
    }
}
