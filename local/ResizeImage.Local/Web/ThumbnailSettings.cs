namespace ResizeImage.Local.Web;

/// <summary>The settings of the function that the page offers, in the words of its environment variables.</summary>
/// <param name="Size">THUMBNAIL_SIZE.</param>
/// <param name="Fit">THUMBNAIL_FIT.</param>
/// <param name="Format">THUMBNAIL_FORMAT.</param>
/// <param name="Quality">THUMBNAIL_QUALITY.</param>
/// <param name="Background">THUMBNAIL_BACKGROUND.</param>
internal sealed record ThumbnailSettings(string? Size, string? Fit, string? Format, string? Quality, string? Background)
{
    // The function's defaults, for what is not set: docs/settings.md.
    private static readonly ThumbnailSettings Defaults = new("200x200", "cover", "auto", "auto", "white");

    /// <summary>What a function has that gets these variables.</summary>
    public static ThumbnailSettings Of(IReadOnlyDictionary<string, string> environment)
    {
        string? Value(string name, string? missing) => environment.GetValueOrDefault(name) is { Length: > 0 } set ? set : missing;
        return new ThumbnailSettings(
            Value("THUMBNAIL_SIZE", Defaults.Size),
            Value("THUMBNAIL_FIT", Defaults.Fit),
            Value("THUMBNAIL_FORMAT", Defaults.Format),
            Value("THUMBNAIL_QUALITY", Defaults.Quality),
            Value("THUMBNAIL_BACKGROUND", Defaults.Background));
    }

    /// <summary>The variables with these settings; what is null here stays as it is there.</summary>
    public Dictionary<string, string> ApplyTo(IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> updated = new(environment);
        void Set(string name, string? value)
        {
            if (value is not null)
            {
                updated[name] = value;
            }
        }

        Set("THUMBNAIL_SIZE", Size);
        Set("THUMBNAIL_FIT", Fit);
        Set("THUMBNAIL_FORMAT", Format);
        Set("THUMBNAIL_QUALITY", Quality);
        Set("THUMBNAIL_BACKGROUND", Background);
        return updated;
    }
}
