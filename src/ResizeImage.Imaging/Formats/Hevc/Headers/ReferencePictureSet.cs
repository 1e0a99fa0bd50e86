namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>
/// st_ref_pic_set and the elements around it (H.265 7.3.7). Stills refer to no other picture: only the length of the syntax matters.
/// </summary>
internal static class ReferencePictureSet
{
    private const int MaxPictures = 16;

    /// <summary>Passes over a set.</summary>
    /// <param name="reader">At its beginning.</param>
    /// <param name="index">stRpsIdx.</param>
    /// <param name="counts">The pictures of the sets before; receives that of this one if it is in the SPS.</param>
    /// <exception cref="InvalidImageException">An element is out of range.</exception>
    public static void Skip(ref RbspReader reader, int index, Span<int> counts)
    {
        bool isInSlice = index == counts.Length;
        int count = index > 0 && reader.Flag() ? SkipPredicted(ref reader, index, counts, isInSlice) : SkipExplicit(ref reader);
        if (!isInSlice)
        {
            counts[index] = count;
        }
    }

    private static int SkipPredicted(ref RbspReader reader, int index, ReadOnlySpan<int> counts, bool isInSlice)
    {
        int delta = isInSlice ? reader.Unsigned(index - 1, "delta_idx_minus1") + 1 : 1;
        reader.Flag(); // delta_rps_sign
        reader.Unsigned(); // abs_delta_rps_minus1
        int count = 0;
        for (int i = 0; i <= counts[index - delta]; i++)
        {
            // used_by_curr_pic_flag, else use_delta_flag.
            if (reader.Flag() || reader.Flag())
            {
                count++;
            }
        }

        return count <= MaxPictures ? count : throw HevcErrors.Corrupt("a reference picture set has more than 16 pictures");
    }

    private static int SkipExplicit(ref RbspReader reader)
    {
        int count = reader.Unsigned(MaxPictures, "num_negative_pics") + reader.Unsigned(MaxPictures, "num_positive_pics");
        for (int i = 0; i < count; i++)
        {
            reader.Unsigned(); // delta_poc_minus1
            reader.Flag(); // used_by_curr_pic_flag
        }

        return count <= MaxPictures ? count : throw HevcErrors.Corrupt("a reference picture set has more than 16 pictures");
    }
}
