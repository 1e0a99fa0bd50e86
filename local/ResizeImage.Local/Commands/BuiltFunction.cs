namespace ResizeImage.Local.Commands;

/// <summary>The function that was built with this program, for a command line without --function.</summary>
internal static class BuiltFunction
{
    private const string File = "ResizeImage.dll";

    /// <returns>Its path.</returns>
    /// <exception cref="LocalCloudException">There is none.</exception>
    public static string Find()
    {
        // In the folder of this program, as in the output of the tests; or where dotnet build puts it.
        string here = AppContext.BaseDirectory;
        string local = Path.Join("local", "ResizeImage.Local", "bin");
        string built = here.Replace(local, Path.Join("src", "ResizeImage", "bin"), StringComparison.Ordinal);
        return Array.Find([Path.Join(here, File), Path.Join(built, File)], System.IO.File.Exists)
            ?? throw new LocalCloudException("The function is missing. Build it with dotnet build src/ResizeImage -c Release, or name it with --function PATH.");
    }
}
