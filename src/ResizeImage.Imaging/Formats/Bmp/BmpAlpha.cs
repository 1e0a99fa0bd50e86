using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Decides whether alpha is used: many programs reserve a channel for it and leave it 0, which browsers show as opaque.</summary>
internal static class BmpAlpha
{
    /// <summary>True if some pixel is not fully transparent. Nearly always the first pixel decides.</summary>
    public static bool IsUsed(int bitDepth, BmpMasks masks, BmpRows rows, WorkMeter work)
    {
        if (masks.Alpha == 0)
        {
            return false;
        }

        // The alpha bits of a pixel in file order.
        int size = bitDepth / 8;
        Span<byte> mask = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(mask, masks.Alpha);
        for (int row = 0; row < rows.Count; row++)
        {
            work.Check();
            ReadOnlySpan<byte> pixels = rows.Read(row);
            for (int i = 0; i < pixels.Length; i++)
            {
                if ((pixels[i] & mask[i % size]) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
