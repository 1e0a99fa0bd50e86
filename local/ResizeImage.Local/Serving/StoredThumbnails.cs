namespace ResizeImage.Local.Serving;

/// <summary>Where thumbnails are stored, and in which sizes.</summary>
/// <param name="Location">The URL of the output prefix in S3; it ends with a slash.</param>
/// <param name="Sizes">The setting THUMBNAIL_SIZE.</param>
internal sealed record StoredThumbnails(Uri Location, string Sizes)
{
    /// <summary>The path of the WebP beside a thumbnail, for browsers that accept it, as WebpByAccept of template.yaml does: 800x/a.jpg becomes 800x.webp/a.jpg.</summary>
    /// <param name="path">As it was sent, without the slash in front.</param>
    /// <param name="accept">The header.</param>
    public string WithWebp(string path, string accept)
    {
        string folder = path.Split('/')[0];
        return accept.Contains("image/webp", StringComparison.Ordinal) && IsSize(folder + ".webp") ? $"{folder}.webp{path[folder.Length..]}" : path;
    }

    private bool IsSize(string folder) => Sizes.Split(',').Any(size => Uri.EscapeDataString(size.Trim().TrimEnd('?').Split('=')[0]) == folder);
}
