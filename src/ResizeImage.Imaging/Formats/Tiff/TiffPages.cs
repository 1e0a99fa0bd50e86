namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Chooses the directory of the image in a file that can have several.</summary>
internal static class TiffPages
{
    private const int ReducedResolution = 1;
    private const int TransparencyMask = 4;
    private const int OldReducedResolution = 2;

    /// <summary>A chain that is longer, or returns to itself, is not followed further.</summary>
    private const int MaxDirectories = 1024;

    /// <summary>
    /// The first directory that is marked neither as a reduced image nor as a mask (NewSubfileType, SubfileType); the first one if all are.
    /// Waits for the directories up to it.
    /// </summary>
    /// <exception cref="InvalidImageException">The first directory is not in the file.</exception>
    public static TiffIfd FindImage(ByteSource file, TiffHeader header)
    {
        TiffIfd first = First(file, header);
        TiffIfd? directory = first;
        for (int i = 0; directory is not null && i < MaxDirectories; i++)
        {
            file.Work.Check();
            if (!IsReducedOrMask(directory))
            {
                return directory;
            }

            directory = TiffIfd.Read(file, header, directory.NextOffset);
        }

        return first;
    }

    /// <summary>The first directory of the file.</summary>
    /// <exception cref="InvalidImageException">It is not in the file.</exception>
    public static TiffIfd First(ByteSource file, TiffHeader header) => TiffIfd.Read(file, header, header.FirstDirectory)
        ?? throw (header.FirstDirectory > 0 && header.FirstDirectory <= uint.MaxValue
            ? TiffErrors.TruncatedBeforeDirectory(file)
            : TiffErrors.Corrupt($"it gives the offset of its directory as {header.FirstDirectory}"));

    private static bool IsReducedOrMask(TiffIfd directory) =>
        ((directory.Number(TiffTag.NewSubfileType) ?? 0) & (ReducedResolution | TransparencyMask)) != 0
        || directory.Number(TiffTag.SubfileType) == OldReducedResolution;
}
