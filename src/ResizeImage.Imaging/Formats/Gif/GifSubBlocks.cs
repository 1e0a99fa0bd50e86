namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Data sub-blocks (GIF89a, section 15): a length of 1 to 255, then as many bytes, repeated; length 0 ends them.</summary>
internal static class GifSubBlocks
{
    /// <summary>Skips sub-blocks, up to their end or the file's.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="offset">Offset of the first length; moved past the sub-blocks, at most to the file's end.</param>
    /// <returns>The data of the first sub-block, as far as the file has it.</returns>
    public static ReadOnlySpan<byte> Skip(ByteSource file, ref int offset)
    {
        ReadOnlySpan<byte> first = default;
        for (bool isFirst = true; TryRead(file, ref offset, out int length); isFirst = false)
        {
            if (isFirst)
            {
                first = file.Read(offset, length).Span;
            }

            file.Work.Check();
            offset += length;
        }

        return first;
    }

    /// <summary>Reads a length.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="offset">Offset of the length; moved to the data.</param>
    /// <param name="length">Bytes of data, clipped to what the file has.</param>
    /// <returns>False at the end of the sub-blocks or of the file.</returns>
    public static bool TryRead(ByteSource file, ref int offset, out int length)
    {
        if (offset >= file.Length)
        {
            length = 0;
            return false;
        }

        length = file.WaitFor(offset + 1)[offset++];
        length = Math.Min(length, file.Length - offset);
        file.WaitFor((long)offset + length);
        return length > 0;
    }
}
