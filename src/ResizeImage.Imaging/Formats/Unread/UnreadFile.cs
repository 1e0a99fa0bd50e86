namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Names a file that no decoder reads.</summary>
/// <param name="Name">With its article, for example "a TIFF image".</param>
/// <param name="IsImage">True for images and documents that can be converted to one.</param>
/// <param name="Advice">What to do; null for the usual advice.</param>
internal sealed record UnreadFile(string Name, bool IsImage, string? Advice = null)
{
    /// <summary>An image of another format.</summary>
    public static UnreadFile Image(string name) => new(name, IsImage: true);

    /// <summary>A video.</summary>
    public static UnreadFile Video(string name) => new(name, IsImage: false, "Upload a photo, or a frame of the video as JPEG or PNG.");

    /// <summary>A file that is not an image.</summary>
    public static UnreadFile Other(string name) => new(name, IsImage: false);

    /// <summary>The refusal of the file.</summary>
    /// <param name="readable">The formats that are read, as a list in a sentence.</param>
    public ImageException ToException(string readable) => IsImage
        ? new UnsupportedImageException($"The file is {Name}; {readable} are read. {Advice ?? Formats.Advice.Unsupported}")
        : new InvalidImageException($"The file is not an image; it is {Name}. {Advice ?? $"Upload an image: {readable} are read."}");
}
