namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Matroska and WebM: EBML (RFC 8794), whose header says which of them.</summary>
internal static class MatroskaFile
{
    /// <summary>Names a file; null if it is not EBML.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file) => !FileSignature.HasAt(file, 0, "\u001aE\u00df\u00a3") ? null
        : file[..Math.Min(file.Length, 64)].IndexOf("webm"u8) >= 0 ? UnreadFile.Video("a WebM video")
        : UnreadFile.Video("a Matroska video (MKV)");
}
