namespace ResizeImage.Configuration;

/// <summary>A photo's path below the input prefix, and its parts, as a key template names them. Parts that are not known are null.</summary>
internal readonly record struct PhotoPath(string? Path, string? Directory, string? Name, string? Extension)
{
    /// <summary>Splits a path.</summary>
    public static PhotoPath Split(string path)
    {
        int nameStart = path.LastIndexOf('/') + 1;
        int dot = path.LastIndexOf('.');
        int nameEnd = dot > nameStart ? dot : path.Length; // the dot of ".hidden" begins a name, not an extension
        return new PhotoPath(path, path[..nameStart], path[nameStart..nameEnd], path[nameEnd..]);
    }

    /// <summary>The part that a placeholder names.</summary>
    public string? ValueOf(string placeholder) => placeholder switch
    {
        "path" => Path,
        "directory" => Directory,
        "name" => Name,
        _ => Extension,
    };

    /// <summary>With one more part known; null if it contradicts the others.</summary>
    public PhotoPath? With(string placeholder, string value)
    {
        switch (placeholder)
        {
            case "path":
                PhotoPath whole = Split(value);
                bool isSame = (Directory ?? whole.Directory) == whole.Directory && (Name ?? whole.Name) == whole.Name && (Extension ?? whole.Extension) == whole.Extension;
                return isSame ? whole : null;
            case "directory":
                return this with { Directory = value };
            case "name":
                return this with { Name = value };
            default:
                return this with { Extension = value };
        }
    }

    /// <summary>The whole path of a photo that has exactly these parts; null if there is none.</summary>
    public string? Join()
    {
        if (Path is null && Directory is not null && Name is not null && Extension is not null)
        {
            PhotoPath whole = Split(Directory + Name + Extension);
            return whole with { Path = null } == this ? whole.Path : null;
        }

        return Path;
    }
}
