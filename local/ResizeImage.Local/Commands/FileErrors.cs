namespace ResizeImage.Local.Commands;

/// <summary>Short messages for file errors.</summary>
internal static class FileErrors
{
    /// <summary>Such as "No space left on device", without the path that .NET adds.</summary>
    public static string Reason(Exception error)
    {
        while (error is not UnauthorizedAccessException && error.InnerException is { } inner)
        {
            error = inner;
        }

        int path = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return error is UnauthorizedAccessException ? "permission denied" : (path < 0 ? error.Message : error.Message[..path]).TrimEnd('.');
    }

    /// <summary>Deletes a file if it exists. A file that cannot be deleted stays.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error before this one says more.
        }
    }
}
