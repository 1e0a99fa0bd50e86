using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>Turns errors of files into one line on standard error and exit code 1.</summary>
internal static class FileErrors
{
    public static int Guard(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception error) when (error is ImageException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
