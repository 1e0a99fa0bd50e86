namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A Huffman table as a file defines it (T.81 B.2.4.2). It is checked where a scan uses it, as libjpeg does: files hold tables that break the
/// rules and that no scan needs, and lossless files hold symbols that are invalid only here.
/// </summary>
/// <param name="counts">BITS: the number of codes of each length 1 to 16.</param>
/// <param name="values">HUFFVAL: the symbols in order of their codes.</param>
internal sealed class HuffmanDefinition(byte[] counts, byte[] values)
{
    private HuffmanTable? _table;

    /// <summary>The table to decode with.</summary>
    /// <exception cref="InvalidImageException">There are more codes of a length than fit.</exception>
    public HuffmanTable Table => _table ??= new HuffmanTable(counts, values);
}
