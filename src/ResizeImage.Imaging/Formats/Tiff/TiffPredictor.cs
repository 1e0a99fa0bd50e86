using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Horizontal differencing (TIFF 6.0, section 14): a sample is stored as its difference from the same sample of the pixel on the left.</summary>
internal static class TiffPredictor
{
    /// <summary>Restores a row of a segment in place.</summary>
    /// <param name="row">Samples in the machine's byte order.</param>
    /// <param name="bits">8, 16 or 32.</param>
    /// <param name="stride">Samples of a pixel.</param>
    public static void Undo(Span<byte> row, int bits, int stride)
    {
        if (bits == 8 && stride == 3)
        {
            UndoRgb(row);
        }
        else if (bits == 8)
        {
            for (int i = stride; i < row.Length; i++)
            {
                row[i] += row[i - stride];
            }
        }
        else if (bits == 16)
        {
            Span<ushort> samples = MemoryMarshal.Cast<byte, ushort>(row);
            for (int i = stride; i < samples.Length; i++)
            {
                samples[i] += samples[i - stride];
            }
        }
        else
        {
            Span<uint> samples = MemoryMarshal.Cast<byte, uint>(row);
            for (int i = stride; i < samples.Length; i++)
            {
                samples[i] += samples[i - stride];
            }
        }
    }

    /// <summary>The usual kind, with the pixel on the left in registers.</summary>
    private static void UndoRgb(Span<byte> row)
    {
        (byte r, byte g, byte b) = (0, 0, 0);
        for (Span<byte> rest = row; rest.Length >= 3; rest = rest[3..])
        {
            (rest[0], rest[1], rest[2]) = (r += rest[0], g += rest[1], b += rest[2]);
        }
    }
}
