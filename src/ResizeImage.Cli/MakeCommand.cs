using System.CommandLine;
using System.Globalization;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail make IN OUT: makes one thumbnail.</summary>
internal static class MakeCommand
{
    // Extensions of image formats that no thumbnail has; OutputFormat has the others.
    private static readonly HashSet<string> OtherImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".webp", ".gif", ".bmp", ".avif", ".heic", ".heif", ".ico", ".jxl", ".tif", ".tiff",
    };

    public static Command Create()
    {
        var input = new Argument<FileInfo>("in") { Description = "The photo." };
        var output = new Argument<FileInfo>("out") { Description = "The file for the thumbnail. Its extension must match the format, for example out.jpg." };
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

    /// <summary>
    /// Rejects the extension of another image format, because viewers and web servers trust the extension. Any other extension is allowed.
    /// </summary>
    private static void CheckExtension(FileInfo target, OutputFormat made)
    {
        string extension = target.Extension;
        OutputFormat? named = OutputFormat.OfExtension(extension);
        bool contradicts = named is null ? OtherImageExtensions.Contains(extension) : named != made;
        if (contradicts)
        {
            string advice = named is null ? string.Empty : $" or give --format {named.Name}";
            string name = Path.ChangeExtension(target.ToString(), made.Extension);
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The thumbnail is a {made.Name.ToUpperInvariant()} file, which {target} would hide. Name it {name}{advice}."));
        }
    }
}
