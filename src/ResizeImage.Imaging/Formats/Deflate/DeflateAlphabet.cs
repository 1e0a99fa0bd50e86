using System.Numerics;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>Converts lengths and distances to symbols and extra bits, and back (RFC 1951, 3.2.5).</summary>
internal static class DeflateAlphabet
{
    public const int MinLength = 3;
    public const int MaxLength = 258;
    public const int MaxDistance = 32768;

    public const int EndOfBlock = 256;
    public const int LiteralCount = 286;
    public const int DistanceCount = 30;

    private const int FirstLength = 257;

    /// <summary>The symbol of a match length, its extra bits, and their value.</summary>
    public static (int Symbol, int ExtraBits, int Extra) Length(int length)
    {
        if (length == MaxLength)
        {
            return (LiteralCount - 1, 0, 0);
        }

        // Eight lengths have a symbol each; then four symbols share each power of two.
        int value = length - MinLength;
        int extraBits = value < 8 ? 0 : BitOperations.Log2((uint)value) - 2;
        return (FirstLength + (4 * extraBits) + (value >> extraBits), extraBits, value & ((1 << extraBits) - 1));
    }

    /// <summary>The base length of a symbol, and its extra bits.</summary>
    public static (int Base, int ExtraBits) LengthOf(int symbol)
    {
        int index = symbol - FirstLength;
        int extraBits = Math.Max(0, (index >> 2) - 1);
        return symbol == LiteralCount - 1 ? (MaxLength, 0)
            : index < 8 ? (MinLength + index, 0)
            : (MinLength + ((4 + (index & 3)) << extraBits), extraBits);
    }

    /// <summary>The base distance of a symbol, and its extra bits.</summary>
    public static (int Base, int ExtraBits) DistanceOf(int symbol)
    {
        int extraBits = Math.Max(0, (symbol >> 1) - 1);
        return symbol < 4 ? (1 + symbol, 0) : (1 + ((2 + (symbol & 1)) << extraBits), extraBits);
    }

    /// <summary>The symbol of a match distance, its extra bits, and their value.</summary>
    public static (int Symbol, int ExtraBits, int Extra) Distance(int distance)
    {
        // Four distances have a symbol each; then two symbols share each power of two.
        int value = distance - 1;
        int extraBits = value < 4 ? 0 : BitOperations.Log2((uint)value) - 1;
        return ((2 * extraBits) + (value >> extraBits), extraBits, value & ((1 << extraBits) - 1));
    }
}
