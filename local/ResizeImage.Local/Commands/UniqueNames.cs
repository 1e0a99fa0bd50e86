using System.Globalization;

namespace ResizeImage.Local.Commands;

/// <summary>Relative file names, each used once: a.jpg, a-2.jpg, a-3.jpg. Names that differ only in case count as equal.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string Take(string name)
    {
        string candidate = name;
        for (int number = 2; !_taken.Add(candidate); number++)
        {
            string extension = Path.GetExtension(name);
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name[..^extension.Length]}-{number}{extension}");
        }

        return candidate;
    }
}
