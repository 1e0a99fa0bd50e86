using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// Undoes the Paeth filter a pixel at a time: the bytes of a pixel do not depend on each other, so they share a vector of
/// eight 16-bit lanes. Twice as fast as byte by byte on RGB photos; for the other filters it is slower.
/// </summary>
internal static class PngVectorPaeth
{
    private const int Lanes = 8;

    /// <summary>The machine has such vectors, and the pixels are large enough to gain from them.</summary>
    public static bool Suits(int stride) => Vector128.IsHardwareAccelerated && stride is 3 or 4 or 6 or 8;

    /// <summary>Turns a filtered line into samples, in place.</summary>
    /// <param name="line">Padding and filtered bytes.</param>
    /// <param name="above">Padding and samples of the line above, of the same length.</param>
    /// <param name="stride">Bytes of a pixel, one that <see cref="Suits"/>.</param>
    /// <returns>Where in the line the rest begins, which is too short for a vector.</returns>
    public static int Undo(Span<byte> line, ReadOnlySpan<byte> above, int stride)
    {
        Vector128<short> left = default;
        Vector128<short> upperLeft = default;
        int i = stride;
        for (; i <= line.Length - Lanes; i += stride)
        {
            // Lanes beyond the pixel hold bytes of the next one; they are never stored.
            Vector128<short> up = Load(above[i..]);
            Vector128<byte> prediction = Predict(left, up, upperLeft).AsByte();
            left = (Load(line[i..]).AsByte() + prediction).AsInt16();
            Store(left, line[i..], stride);
            upperLeft = up;
        }

        return i;
    }

    /// <summary><see cref="PngFilter.Predict"/> in every lane, values 0 to 255.</summary>
    private static Vector128<short> Predict(Vector128<short> left, Vector128<short> above, Vector128<short> upperLeft)
    {
        Vector128<short> vertical = above - upperLeft;
        Vector128<short> horizontal = left - upperLeft;
        Vector128<short> byLeft = Vector128.Abs(vertical);
        Vector128<short> byAbove = Vector128.Abs(horizontal);
        Vector128<short> byUpperLeft = Vector128.Abs(vertical + horizontal);
        Vector128<short> nearest = Vector128.Min(byUpperLeft, Vector128.Min(byLeft, byAbove));
        return Vector128.ConditionalSelect(
            Vector128.Equals(nearest, byLeft),
            left,
            Vector128.ConditionalSelect(Vector128.Equals(nearest, byAbove), above, upperLeft));
    }

    private static Vector128<short> Load(ReadOnlySpan<byte> bytes) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt64LittleEndian(bytes)).AsByte()).AsInt16();

    /// <summary>Stores no more than the pixel: what follows has yet to be read.</summary>
    private static void Store(Vector128<short> pixel, Span<byte> bytes, int stride)
    {
        ulong packed = Vector128.Narrow(pixel.AsUInt16(), pixel.AsUInt16()).AsUInt64().ToScalar();
        switch (stride)
        {
            case 3:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)packed);
                bytes[2] = (byte)(packed >> 16);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)packed);
                break;
            case 6:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)packed);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)(packed >> 32));
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, packed);
                break;
        }
    }
}
