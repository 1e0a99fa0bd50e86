namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Inserts, removes and changes marker segments in JPEG files of other programs.</summary>
internal static class JpegFile
{
    public const byte FrameHeader = 0xC0;
    public const byte HuffmanTables = 0xC4;
    public const byte EndOfImage = 0xD9;
    public const byte ScanHeader = 0xDA;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App14 = 0xEE;

    /// <summary>The file with segments after SOI.</summary>
    public static byte[] With(byte[] file, params byte[][] segments) => [.. file[..2], .. segments.SelectMany(segment => segment), .. file[2..]];

    public static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>A profile as one piece or more, in order (ICC.1:2022 annex B).</summary>
    public static byte[][] Profile(byte[] profile, int pieces = 1)
    {
        int size = (profile.Length + pieces - 1) / pieces;
        return [.. profile.Chunk(size).Select((piece, i) => ProfilePiece(i + 1, pieces, piece))];
    }

    public static byte[] ProfilePiece(int number, int count, byte[] data) => Segment(App2, [.. "ICC_PROFILE\0"u8, (byte)number, (byte)count, .. data]);

    /// <summary>The file with all its segments of a marker changed; null takes a segment out. Segments between scans count, too.</summary>
    /// <param name="file">A file that keeps the rules.</param>
    /// <param name="marker">The second byte of the marker.</param>
    /// <param name="change">Gets and gives a segment's data, without marker and length.</param>
    public static byte[] Change(byte[] file, byte marker, Func<byte[], byte[]?> change)
    {
        List<byte> result = [.. file[..2]];
        for (int at = 2; at < file.Length;)
        {
            bool entropyCoded = file[at] != 0xFF || file[at + 1] is 0 or (>= 0xD0 and <= EndOfImage);
            int length = entropyCoded ? 1 : 2 + (file[at + 2] << 8) + file[at + 3];
            byte[] piece = file[at..(at + length)];
            if (!entropyCoded && piece[1] == marker)
            {
                piece = change(piece[4..]) is { } data ? Segment(marker, data) : [];
            }

            result.AddRange(piece);
            at += length;
        }

        return [.. result];
    }

    /// <summary>The file without its segments of a marker.</summary>
    public static byte[] Without(byte[] file, byte marker) => Change(file, marker, _ => null);

    /// <summary>The file with other component ids in its frame header and in its scan headers.</summary>
    public static byte[] WithIds(byte[] file, byte[] frame, params byte[][] scans)
    {
        int scan = 0;
        file = Change(file, FrameHeader, data => SetEvery(data, first: 6, step: 3, frame));
        return Change(file, ScanHeader, data => SetEvery(data, first: 1, step: 2, scans[scan++]));
    }

    private static byte[] SetEvery(byte[] data, int first, int step, byte[] ids)
    {
        Assert.Equal(ids.Length, data[first - 1]);
        for (int i = 0; i < ids.Length; i++)
        {
            data[first + (step * i)] = ids[i];
        }

        return data;
    }
}
