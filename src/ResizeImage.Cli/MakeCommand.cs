using System.CommandLine;
using System.Globalization;
using ResizeImage.Imaging;

namespace ResizeImage.Cli;

/// <summary>thumbnail make IN OUT: makes one thumbnail, or one for each size.</summary>
internal static class MakeCommand
{
    // Extensions of image formats that no thumbnail has; OutputFormat has the others.
    private static readonly HashSet<string> OtherImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".webp", ".gif", ".bmp", ".avif", ".heic", ".heif", ".ico", ".jxl", ".tif", ".tiff",
    };

    /// <summary>Stands for the name of each size.</summary>
    private const string Size = "{size}";

    public static Command Create()
    {
        var input = new Argument<FileInfo>("in") { Description = "The photo." };
        var output = new Argument<FileInfo>("out") { Description = "The file for the thumbnail. Its extension must match the format, for example out.jpg. With several sizes, {size} in it is the name of each." };
        var command = new Command("make", "Makes thumbnails of a photo.") { input, output };
        var thumbnail = new ThumbnailArguments(command);
        command.SetAction(result => FileErrors.Guard(() =>
        {
            FileInfo photo = result.GetRequiredValue(input);
            FileInfo target = result.GetRequiredValue(output);
            byte[] file = LocalFile.Read(photo);
            ThumbnailOutput[] outputs = thumbnail.Read(result);
            FileInfo[] targets = Array.ConvertAll(outputs, one => new FileInfo(target.ToString().Replace(Size, one.Name, StringComparison.Ordinal)));
            if (outputs.Length > 1 && !target.ToString().Contains(Size, StringComparison.Ordinal))
            {
                throw new IOException($"{outputs.Length} thumbnails need different names. Put {Size} into the name, for example out-{Size}.jpg.");
            }

            if (Array.Find(targets, one => LocalFile.Holds(one, file)) is { } self)
            {
                throw new IOException($"{self} is the photo itself, or a copy of it. Choose another name for the thumbnail.");
            }

            Thumbnail[] made = new Thumbnailer().Make(file, Array.ConvertAll(outputs, one => one.Options));
            for (int i = 0; i < made.Length; i++)
            {
                CheckExtension(targets[i], made[i].Format);
            }

            for (int i = 0; i < made.Length; i++)
            {
                LocalFile.Write(targets[i], made[i].Data);
                Describe(photo, made[i]);
            }

            if (made[0].Note is { } note)
            {
                Console.Error.WriteLine($"{photo.Name}: {note}");
            }
        }));
        return command;
    }

    private static void Describe(FileInfo photo, Thumbnail made) => Console.WriteLine(
        $"{photo.Name}: {made.Source.Format} {made.Source.UprightWidth} × {made.Source.UprightHeight} to {made.Format} {made.Width} × {made.Height}, {made.Data.Length:N0} bytes");

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
