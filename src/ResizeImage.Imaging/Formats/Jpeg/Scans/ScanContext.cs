namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>What a scan is decoded with.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Header">The scan header.</param>
/// <param name="Tables">The tables in force when the scan begins (T.81 B.2.4).</param>
/// <param name="File">The file; <see cref="ScanHeader.DataOffset"/> is where the entropy-coded data begins.</param>
internal sealed record ScanContext(JpegFrame Frame, ScanHeader Header, JpegTables Tables, ByteSource File)
{
    /// <summary>MCUs in a row; a scan of one component has MCUs of one block (T.81 A.2.2).</summary>
    public int McusPerRow => IsInterleaved ? Frame.McusPerRow : Header.Components[0].Component.BlocksPerRow;

    /// <summary>Rows of MCUs.</summary>
    public int McuRows => IsInterleaved ? Frame.McuRows : Header.Components[0].Component.BlockRows;

    private bool IsInterleaved => Header.Components.Length > 1;
}
