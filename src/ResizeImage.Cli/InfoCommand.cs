using System.CommandLine;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail info FILE: prints the format, size and orientation.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The photo." };
        var command = new Command("info", "Prints the format, size and orientation of a photo.") { file };
        command.SetAction(result => FileErrors.Guard(() =>
        {
            ImageInfo info = new Thumbnailer().Identify(LocalFile.Read(result.GetRequiredValue(file)));
            Console.WriteLine($"format       {info.Format}");
            Console.WriteLine($"stored       {info.Width} × {info.Height}");
            Console.WriteLine($"orientation  {info.Orientation}");
            Console.WriteLine($"upright      {info.UprightWidth} × {info.UprightHeight}");
        }));
        return command;
    }
}
