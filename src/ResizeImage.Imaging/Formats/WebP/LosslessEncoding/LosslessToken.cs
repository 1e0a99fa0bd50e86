using System.Numerics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A pixel, or a copy of earlier ones (RFC 9649, 3.6.2).</summary>
/// <param name="Length">Pixels of a copy, 1 to 4096; 0 for a pixel.</param>
/// <param name="Value">The pixel, or the code of the copy's distance, from 1 on.</param>
internal readonly record struct LosslessToken(int Length, uint Value)
{
    /// <summary>The prefix symbol of a length or distance (RFC 9649, 3.6.2.2): the inverse of what the decoder reads.</summary>
    /// <returns>The symbol, the number of extra bits, and these bits.</returns>
    public static (int Symbol, int ExtraBits, uint Extra) Prefix(int number)
    {
        uint value = (uint)number - 1;
        if (value < 4)
        {
            return ((int)value, 0, 0);
        }

        int highest = BitOperations.Log2(value);
        int extraBits = highest - 1;
        return ((2 * highest) + (int)((value >> extraBits) & 1), extraBits, value & ((1u << extraBits) - 1));
    }
}
