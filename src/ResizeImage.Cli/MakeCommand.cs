using System.CommandLine;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail make IN OUT: makes one thumbnail.</summary>
internal static class MakeCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("in") { Description = "The photo." };
        var output = new Argument<FileInfo>("out") { Description = "Where the thumbnail goes; its format does not depend on this name." };
        var command = new Command("make", "Makes a thumbnail of a photo.") { input, output };
        var thumbnail = new ThumbnailArguments(command);
        command.SetAction(result => FileErrors.Guard(() =>
        {
            FileInfo photo = result.GetRequiredValue(input);
            Thumbnail made = new Thumbnailer().Make(File.ReadAllBytes(photo.FullName), thumbnail.Read(result));
            File.WriteAllBytes(result.GetRequiredValue(output).FullName, made.Data);
            Console.WriteLine(
                $"{photo.Name}: {made.Source.Format} {made.Source.UprightWidth} × {made.Source.UprightHeight} to {made.Format} {made.Width} × {made.Height}, {made.Data.Length:N0} bytes");
            if (made.Note is not null)
            {
                Console.Error.WriteLine($"{photo.Name}: {made.Note}");
            }
        }));
        return command;
    }
}
