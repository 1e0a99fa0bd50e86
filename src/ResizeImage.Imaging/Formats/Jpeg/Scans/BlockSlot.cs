namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The position of a block in an MCU (T.81 A.2.3). An interleaved 4:2:0 MCU has six, in this order; each component goes row by row:
/// <code>
/// Y (H=2, V=2)   Cb   Cr
///   0 1          4    5
///   2 3
/// </code>
/// A scan of one component has MCUs of one block, whatever its factors, and covers only the blocks of the image itself (A.2.2). For Y of
/// 24 × 16 pixels that is
/// <code>
/// interleaved         0 1 4 5     the last column pads the MCU
///                     2 3 6 7
/// not interleaved     0 1 2
///                     3 4 5
/// </code>
/// </summary>
/// <param name="Index">Number of the component in the scan.</param>
/// <param name="Component">The component.</param>
/// <param name="H">Blocks of the component in a row of an MCU.</param>
/// <param name="V">Blocks of the component in a column of an MCU.</param>
/// <param name="X">Column in the MCU.</param>
/// <param name="Y">Row in the MCU.</param>
internal sealed record BlockSlot(int Index, JpegComponent Component, int H, int V, int X, int Y)
{
    /// <summary>The blocks of an MCU, in order.</summary>
    public static BlockSlot[] Of(ScanHeader header)
    {
        var slots = new List<BlockSlot>();
        bool interleaved = header.Components.Length > 1;
        for (int index = 0; index < header.Components.Length; index++)
        {
            JpegComponent component = header.Components[index].Component;
            int h = interleaved ? component.H : 1;
            int v = interleaved ? component.V : 1;
            for (int i = 0; i < h * v; i++)
            {
                slots.Add(new BlockSlot(index, component, h, v, i % h, i / h));
            }
        }

        return [.. slots];
    }
}
