namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The place of a block in an MCU (T.81 A.2.3).</summary>
/// <param name="Index">Number of its component in the scan.</param>
/// <param name="Component">Its component.</param>
/// <param name="H">Blocks of the component that stand side by side in an MCU.</param>
/// <param name="V">Blocks of the component that stand one above the other in an MCU.</param>
/// <param name="X">Which of those side by side.</param>
/// <param name="Y">Which of those one above the other.</param>
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
