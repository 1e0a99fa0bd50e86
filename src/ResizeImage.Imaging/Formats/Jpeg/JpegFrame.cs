namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The color space of a frame's components.</summary>
internal enum JpegColorSpace
{
    Gray,
    YCbCr,
    Rgb,
    Cmyk,
    Ycck,
}

/// <summary>The contents of the frame header (T.81 B.2.2).</summary>
internal sealed class JpegFrame
{
    public JpegFrame(bool progressive, int width, int height, JpegComponent[] components)
    {
        Progressive = progressive;
        Width = width;
        Height = height;
        Components = components;
        MaxH = components.Max(c => c.H);
        MaxV = components.Max(c => c.V);
        McusPerRow = CeilDiv(width, 8 * MaxH);
        McuRows = CeilDiv(height, 8 * MaxV);
        foreach (JpegComponent component in components)
        {
            component.BlocksPerRow = CeilDiv(CeilDiv(width * component.H, MaxH), 8);
            component.BlockRows = CeilDiv(CeilDiv(height * component.V, MaxV), 8);
            component.PaddedBlocksPerRow = McusPerRow * component.H;
            component.PaddedBlockRows = McuRows * component.V;
        }
    }

    public bool Progressive { get; }

    /// <summary>X, in pixels.</summary>
    public int Width { get; }

    /// <summary>Y, in pixels.</summary>
    public int Height { get; }

    public JpegComponent[] Components { get; }

    /// <summary>The largest horizontal sampling factor.</summary>
    public int MaxH { get; }

    /// <summary>The largest vertical sampling factor.</summary>
    public int MaxV { get; }

    /// <summary>MCUs per row of an interleaved scan.</summary>
    public int McusPerRow { get; }

    /// <summary>Rows of MCUs of an interleaved scan.</summary>
    public int McuRows { get; }

    /// <summary>The sampling of three components by name, if the second and third share their factors and the first has the largest.</summary>
    public string ChromaSampling => Components is [{ } y, { } cb, { } cr] && (y.H, y.V) == (MaxH, MaxV) && (cb.H, cb.V) == (cr.H, cr.V)
        && MaxH % cb.H == 0 && MaxV % cb.V == 0
        ? Formats.ChromaSampling.NameOf(MaxH / cb.H, MaxV / cb.V)
        : $"YCbCr, factors {string.Join(", ", Components.Select(c => $"{c.H} × {c.V}"))}";

    public static int CeilDiv(int a, int b) => (a + b - 1) / b;
}

/// <summary>One color component of a frame (T.81 B.2.2).</summary>
/// <param name="Index">Position in the frame header, from 0.</param>
/// <param name="Id">Ci.</param>
/// <param name="H">Horizontal sampling factor, 1 to 4.</param>
/// <param name="V">Vertical sampling factor, 1 to 4.</param>
/// <param name="QuantizationTable">Tqi, 0 to 3.</param>
internal sealed record JpegComponent(int Index, int Id, int H, int V, int QuantizationTable)
{
    /// <summary>Blocks per row of a scan that has this component alone (T.81 A.2.2).</summary>
    public int BlocksPerRow { get; set; }

    /// <summary>Rows of blocks of a scan that has this component alone.</summary>
    public int BlockRows { get; set; }

    /// <summary>Blocks per row, padded to whole MCUs (T.81 A.2.4).</summary>
    public int PaddedBlocksPerRow { get; set; }

    /// <summary>Rows of blocks, padded to whole MCUs.</summary>
    public int PaddedBlockRows { get; set; }

    /// <summary>Blocks of whole MCUs.</summary>
    public long PaddedBlocks => (long)PaddedBlocksPerRow * PaddedBlockRows;
}
