namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The decoding that readers of several windows of a file share.</summary>
/// <param name="file">Its work meter is checked once per row of MCUs.</param>
/// <param name="rows">Puts blocks into the samples of the readers. Is disposed with the last of them.</param>
/// <param name="readers">How many there are.</param>
internal sealed class DecodedMcuRows(ByteSource file, IMcuRows rows, int readers) : IDisposable
{
    private int _next;
    private int _readers = readers;

    public ByteSource File => file;

    /// <inheritdoc cref="IMcuRows.Damaged"/>
    public bool Damaged => rows.Damaged;

    /// <inheritdoc cref="IMcuRows.Empty"/>
    public bool Empty => rows.Empty;

    /// <summary>Decodes up to and with a row of MCUs, unless that is done.</summary>
    public void DecodeTo(int mcuRow)
    {
        for (; _next <= mcuRow; _next++)
        {
            file.Work.Check();
            rows.DecodeMcuRow(_next);
        }
    }

    public void Dispose()
    {
        _readers--;
        if (_readers == 0)
        {
            rows.Dispose();
        }
    }
}
