namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Puts marker segments into JPEG files of other people's programs.</summary>
internal static class JpegFile
{
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;

    /// <summary>The file with segments behind SOI.</summary>
    public static byte[] With(byte[] file, params byte[][] segments) => [.. file[..2], .. segments.SelectMany(segment => segment), .. file[2..]];

    public static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>A profile as one piece or more, in order (ICC.1:2022 annex B).</summary>
    public static byte[][] Profile(byte[] profile, int pieces = 1)
    {
        int size = (profile.Length + pieces - 1) / pieces;
        return [.. profile.Chunk(size).Select((piece, i) => ProfilePiece(i + 1, pieces, piece))];
    }

    public static byte[] ProfilePiece(int number, int count, byte[] data) => Segment(App2, [.. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. data]);
}
