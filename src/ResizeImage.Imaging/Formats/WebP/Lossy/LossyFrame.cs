namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Decodes a lossy frame (RFC 6386) by rows of macroblocks, for one window or several.</summary>
/// <param name="header">The frame's header.</param>
/// <param name="isExact">With the loop filter.</param>
internal sealed class LossyFrame(Vp8Header header, bool isExact)
{
    private readonly MacroblockRows _rows = new(header, filter: isExact);

    public int Width => header.Width;

    public int Height => header.Height;

    /// <summary>With the loop filter and fancy upsampling of chroma.</summary>
    public bool IsExact => isExact;

    /// <summary>The samples around the current row of macroblocks.</summary>
    public Vp8Planes Planes => _rows.Planes;

    /// <summary>Rows from the first one on that are known to be readable.</summary>
    public int Readable { get; private set; }

    /// <summary>The data ends, or is corrupt, behind the readable rows.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Decodes the next row of macroblocks.</summary>
    public void DecodeRow()
    {
        IsCutOff = !_rows.TryDecode();
        int decoded = _rows.Decoded * Macroblock.LumaSize;

        // At the end of the image or the data, nothing changes the last rows any more.
        Readable = IsCutOff || decoded >= Height ? Math.Min(decoded, Height) : decoded - _rows.Unfinished;
    }
}
