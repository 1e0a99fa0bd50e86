using System.CommandLine;
using System.Globalization;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail make IN OUT: makes one thumbnail.</summary>
internal static class MakeCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("in") { Description = "The photo." };
        var output = new Argument<FileInfo>("out") { Description = "Where the thumbnail goes; its name must agree with its format, for example out.jpg." };
        var command = new Command("make", "Makes a thumbnail of a photo.") { input, output };
        var thumbnail = new ThumbnailArguments(command);
        command.SetAction(result => FileErrors.Guard(() =>
        {
            FileInfo photo = result.GetRequiredValue(input);
            FileInfo target = result.GetRequiredValue(output);
            byte[] file = LocalFile.Read(photo);
            if (LocalFile.Holds(target, file))
            {
                throw new IOException($"{target} is the photo itself, or a copy of it. Choose another name for the thumbnail.");
            }

            Thumbnail made = new Thumbnailer().Make(file, thumbnail.Read(result));
            CheckExtension(target, made.Format);
            LocalFile.Write(target, made.Data);
            Console.WriteLine(
                $"{photo.Name}: {made.Source.Format} {made.Source.UprightWidth} × {made.Source.UprightHeight} to {made.Format} {made.Width} × {made.Height}, {made.Data.Length:N0} bytes");
            if (made.Note is not null)
            {
                Console.Error.WriteLine($"{photo.Name}: {made.Note}");
            }
        }));
        return command;
    }

    /// <summary>Viewers and web servers go by the extension. One that names no image format is the caller's affair.</summary>
    private static void CheckExtension(FileInfo target, ThumbnailFormat format)
    {
        string extension = target.Extension.ToLowerInvariant();
        string? named = extension switch
        {
            ".jpg" or ".jpeg" or ".jpe" or ".jfif" => "jpeg",
            ".png" or ".webp" or ".gif" or ".bmp" or ".avif" or ".heic" or ".heif" or ".ico" or ".jxl" => extension[1..],
            ".tif" or ".tiff" => "tiff",
            _ => null,
        };
        string made = format.ToString().ToLowerInvariant();
        if (named is not null && named != made)
        {
            string advice = ThumbnailOptionText.TryParseFormat(named, out _) ? $" or give --format {named}" : string.Empty;
            string name = Path.ChangeExtension(target.ToString(), made == "jpeg" ? "jpg" : made);
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The thumbnail is a {made.ToUpperInvariant()} file, which {target} would hide. Name it {name}{advice}."));
        }
    }
}
