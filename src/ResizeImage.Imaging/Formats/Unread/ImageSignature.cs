namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>The signature of a format that is read, for files that hold it in another form or only its beginning.</summary>
/// <param name="Name">With its article.</param>
/// <param name="Magic">The first bytes, one in each character (Latin-1).</param>
internal sealed record ImageSignature(string Name, string Magic)
{
    /// <summary>Of all formats that are read.</summary>
    public static readonly ImageSignature[] All =
    [
        new("a JPEG image", "\u00ff\u00d8\u00ff"),
        new("a PNG image", "\u0089PNG\r\n\u001a\n"),
        new("a GIF image", "GIF8"),
        new("a WebP image", "RIFF"),
        new("a BMP image", "BM"),
    ];

    /// <summary>True if the file has the whole signature.</summary>
    public bool Matches(ReadOnlySpan<byte> file) => FileSignature.HasAt(file, 0, Magic);

    /// <summary>True if the file has the signature as far as the file goes.</summary>
    public bool Begins(ReadOnlySpan<byte> file) => FileSignature.HasAt(file, 0, Magic[..Math.Min(Magic.Length, file.Length)]);
}
