namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>A file format with bytes at fixed offsets.</summary>
/// <param name="File">The format's name and advice.</param>
/// <param name="Offset">Offset of <paramref name="Magic"/>.</param>
/// <param name="Magic">The bytes, one in each character (Latin-1).</param>
/// <param name="SecondOffset">Offset of <paramref name="Second"/>.</param>
/// <param name="Second">More bytes at another offset; empty if there are none.</param>
internal sealed record FileSignature(UnreadFile File, int Offset, string Magic, int SecondOffset = 0, string Second = "")
{
    /// <summary>True for files that have all of these bytes.</summary>
    public bool Matches(ReadOnlySpan<byte> file) => HasAt(file, Offset, Magic) && HasAt(file, SecondOffset, Second);

    /// <summary>True for files that have bytes at an offset.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="magic">One byte in each character (Latin-1).</param>
    public static bool HasAt(ReadOnlySpan<byte> file, int offset, string magic)
    {
        if (file.Length - offset < magic.Length)
        {
            return false;
        }

        for (int i = 0; i < magic.Length; i++)
        {
            if (file[offset + i] != magic[i])
            {
                return false;
            }
        }

        return true;
    }
}
