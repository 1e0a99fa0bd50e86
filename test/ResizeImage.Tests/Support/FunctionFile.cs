namespace ResizeImage.Tests.Support;

/// <summary>
/// The function's own executable: the one published with Native AOT in artifacts/aot, or else the one of this build. In CI
/// it must be the former.
/// </summary>
internal static class FunctionFile
{
    public static readonly string Native = Repository.Path("artifacts", "aot", "ResizeImage");

    /// <summary>Its path; a .dll is for dotnet.</summary>
    public static string Path
    {
        get
        {
            bool native = File.Exists(Native);
            Assert.True(native || Environment.GetEnvironmentVariable("CI") != "true", "CI must publish artifacts/aot/ResizeImage before the tests.");
            return native ? Native : System.IO.Path.Combine(AppContext.BaseDirectory, "ResizeImage.dll");
        }
    }
}
