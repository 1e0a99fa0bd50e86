using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Tiff;

/// <summary>The programs of libtiff, which encode and judge.</summary>
internal static class Libtiff
{
    /// <summary>Copies a file with other options.</summary>
    public static byte[] Copy(byte[] file, string options) => Run("tiffcp", options.Split(' ', StringSplitOptions.RemoveEmptyEntries), file);

    /// <summary>The pixels as libtiff shows them; null if it refuses the file. Colors are premultiplied by alpha.</summary>
    public static Picture? Show(byte[] file)
    {
        try
        {
            return Picture.Decode(Run("tiff2rgba", ["-c", "none", "-b"], file));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Run(string program, string[] options, byte[] file)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            (string input, string output) = (Path.Combine(folder.FullName, "in.tif"), Path.Combine(folder.FullName, "out.tif"));
            File.WriteAllBytes(input, file);
            ExternalProgram.Run(program, [.. options, input, output]);
            return File.ReadAllBytes(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
