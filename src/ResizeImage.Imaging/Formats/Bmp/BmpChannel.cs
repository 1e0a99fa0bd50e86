using System.Numerics;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Extracts a channel from a pixel and scales it to 0 to 255, rounded.</summary>
internal readonly struct BmpChannel
{
    private const int Fraction = 40;
    private const int MaxBits = 16;

    private readonly uint _mask;
    private readonly int _shift;
    private readonly ulong _scale;

    /// <param name="mask">Any bits, consecutive or not. 0 gives 0 for every pixel.</param>
    public BmpChannel(uint mask)
    {
        _mask = mask;
        if (mask == 0)
        {
            return;
        }

        // The lowest bits of very wide channels do not matter, and would overflow. With 16 bits, the scale's error of less than 2^-40 is far
        // below the distance of a value and the next half, at least 1/(2 · 65535).
        int top = 32 - BitOperations.LeadingZeroCount(mask);
        _shift = Math.Max(BitOperations.TrailingZeroCount(mask), top - MaxBits);
        _scale = (255UL << Fraction) / (mask >> _shift);
    }

    /// <summary>0 to 255.</summary>
    public byte Of(uint pixel) => (byte)((((pixel & _mask) >> _shift) * _scale + (1UL << (Fraction - 1))) >> Fraction);
}
