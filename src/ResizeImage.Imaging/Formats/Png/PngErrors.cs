namespace ResizeImage.Imaging.Formats.Png;

/// <summary>The refusals of PNG files: what was found and what to do.</summary>
internal static class PngErrors
{
    /// <summary>The file breaks a rule of PNG without which the image cannot be shown.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The PNG is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>A valid file of a kind that is not read.</summary>
    /// <param name="kind">The rest of "The file is", for example "a PNG with the critical chunk ABCD".</param>
    public static UnsupportedImageException Unsupported(string kind) => new($"The file is {kind}; standard PNG is read. {Advice.Unsupported}");

    /// <summary>The file ends before the end of IHDR.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The PNG is truncated within its header. {Advice.Truncated}");

    /// <summary>The file does not have one whole row of pixels.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() => new($"The PNG is truncated before its first row of pixels. {Advice.Truncated}");

    /// <summary>Not one whole row of pixels can be read.</summary>
    /// <param name="truncated">True if the file ends early; false if its data is corrupt.</param>
    public static InvalidImageException NoRows(bool truncated) =>
        truncated ? TruncatedBeforeFirstRow() : Corrupt("its first row of pixels cannot be read");

    /// <summary>The CRC of a critical chunk does not match.</summary>
    public static InvalidImageException WrongCrc(PngChunk chunk) =>
        Corrupt($"the checksum of its chunk {chunk.Name} at byte {chunk.Offset} does not match");
}
