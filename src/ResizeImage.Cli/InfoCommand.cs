using System.CommandLine;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail info FILE: prints what the file says of its image.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The photo." };
        var command = new Command("info", "Prints the format, size, orientation, samples, color profile and compression of a photo.") { file };
        command.SetAction(result => FileErrors.Guard(() =>
        {
            ImageDetails details = new Thumbnailer().Describe(LocalFile.Read(result.GetRequiredValue(file)));
            ImageInfo info = details.Info;
            Console.WriteLine($"format       {info.Format}");
            Console.WriteLine($"stored       {info.Width} × {info.Height}");
            Console.WriteLine($"orientation  {info.Orientation}");
            Console.WriteLine($"upright      {info.UprightWidth} × {info.UprightHeight}");
            Console.WriteLine($"color        {details.Color}, {details.BitsPerSample} {(details.BitsPerSample == 1 ? "bit" : "bits")}");
            Console.WriteLine($"profile      {details.ColorProfile}");
            Console.WriteLine($"alpha        {(details.HasAlpha ? "yes" : "no")}");
            Console.WriteLine($"compression  {details.Compression}");
            if (details.Tiles is { } tiles)
            {
                Console.WriteLine($"tiles        {tiles.Columns} × {tiles.Rows} of {tiles.Width} × {tiles.Height}");
            }
        }));
        return command;
    }
}
