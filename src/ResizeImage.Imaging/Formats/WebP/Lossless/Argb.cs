using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Arithmetic on the four bytes of a pixel at once: alpha, red, green, blue from the highest byte down.</summary>
internal static class Argb
{
    public const uint OpaqueBlack = 0xFF000000;

    /// <summary>Adds byte by byte, modulo 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Add(uint a, uint b)
    {
        uint odd = (a & 0xFF00FF00) + (b & 0xFF00FF00);
        uint even = (a & 0x00FF00FF) + (b & 0x00FF00FF);
        return (odd & 0xFF00FF00) | (even & 0x00FF00FF);
    }

    /// <summary>The mean of each byte, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mean(uint a, uint b) => (((a ^ b) & 0xFEFEFEFE) >> 1) + (a & b);

    /// <summary>The difference of all four channels, each modulo 256: the inverse of <see cref="Add"/>.</summary>
    public static uint Subtract(uint a, uint b)
    {
        uint alphaAndGreen = 0x00FF00FFu + (a & 0xFF00FF00u) - (b & 0xFF00FF00u);
        uint redAndBlue = 0xFF00FF00u + (a & 0x00FF00FFu) - (b & 0x00FF00FFu);
        return (alphaAndGreen & 0xFF00FF00u) | (redAndBlue & 0x00FF00FFu);
    }
}
