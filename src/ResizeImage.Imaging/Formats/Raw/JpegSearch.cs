namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>Searches for previews that no known structure points to.</summary>
internal static class JpegSearch
{
    private const int MostHits = 16;

    /// <summary>Offsets of SOI and the first byte of another marker; the end of each JPEG is not known.</summary>
    /// <param name="file">The whole file.</param>
    public static List<RawRange> In(ReadOnlySpan<byte> file)
    {
        List<RawRange> hits = [];
        for (int offset = 0; hits.Count < MostHits;)
        {
            int found = file[offset..].IndexOf([(byte)0xFF, (byte)0xD8, (byte)0xFF]);
            if (found < 0)
            {
                break;
            }

            offset += found;
            hits.Add(new(offset, file.Length - offset));
            offset += 3;
        }

        return hits;
    }
}
