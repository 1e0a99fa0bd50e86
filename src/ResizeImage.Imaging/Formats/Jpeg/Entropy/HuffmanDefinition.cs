namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A Huffman table as a file defines it (T.81 B.2.4.2). The decoder checks it when a scan uses it, as libjpeg does: some files define invalid
/// tables that no scan uses, and lossless files have symbols that are invalid only for DCT processes.
/// </summary>
/// <param name="counts">BITS: the number of codes of each length, 1 to 16.</param>
/// <param name="values">HUFFVAL: the symbols in order of their codes.</param>
internal sealed class HuffmanDefinition(byte[] counts, byte[] values)
{
    private HuffmanTable? _table;

    /// <summary>The decoding table, built on first use.</summary>
    /// <exception cref="InvalidImageException">The table has more codes of a length than fit.</exception>
    public HuffmanTable Table => _table ??= new HuffmanTable(counts, values);
}
