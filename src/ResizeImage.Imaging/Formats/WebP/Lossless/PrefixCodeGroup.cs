using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The five prefix codes that a part of a picture is read with (RFC 9649, 3.7.2). Pixels of few bits, which are most of a photo's, are found
/// whole, in one look-up instead of three.
/// </summary>
internal sealed class PrefixCodeGroup
{
    /// <summary>Codes of a group.</summary>
    public const int Codes = 5;

    /// <summary>Symbols of green that are literals; what is above is a length or an index of the colour cache.</summary>
    public const int Literals = 256;

    /// <summary>Symbols of green that are lengths.</summary>
    public const int Lengths = 24;

    private const uint IsPixel = 0x80000000;
    private const uint IsCached = 0x40000000;
    private const int FirstCached = Literals + Lengths;
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

    /// <summary>Reads the pixel that comes next.</summary>
    /// <param name="bits">At its beginning, filled.</param>
    /// <param name="cache">The colour cache.</param>
    /// <param name="argb">The pixel; or the symbol of a length, less the first of those.</param>
    /// <returns>False if it is a length, of a copy.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadPixel(ref LosslessBitReader bits, uint[] cache, out uint argb)
    {
        uint[] pixels = _pixels;
        uint entry = pixels[(int)bits.Next & (pixels.Length - 1)];
        if ((int)entry < 0)
        {
            bits.Consume((int)((entry >> 24) & 31));
            argb = (entry & 0x00FFFFFF) | ConstantAlpha;
        }
        else if ((entry & IsCached) != 0)
        {
            bits.Consume((int)((entry >> 24) & 31));
            argb = cache[(int)(entry & 0x00FFFFFF)];
            return true;
        }
        else
        {
            int symbol = Green.Read(ref bits);
            if (symbol >= Literals)
            {
                bool isCached = symbol >= FirstCached;
                argb = isCached ? cache[symbol - FirstCached] : (uint)(symbol - Literals);
                return isCached;
            }

            argb = ConstantAlpha | ((uint)symbol << 8);
            argb |= (uint)Red.Read(ref bits) << 16;
            argb |= (uint)Blue.Read(ref bits);
        }

        if (!Alpha.IsSingle)
        {
            bits.Fill();
            argb |= (uint)Alpha.Read(ref bits) << 24;
        }

        return true;
    }

    /// <summary>Three codes one after another, or one of the colour cache; 0 if they are too long.</summary>
    private uint Pixel(uint next, int bits)
    {
        int green = Green.Find(next, out int greenLength);
        if (greenLength > bits || green is >= Literals and < FirstCached)
        {
            return 0;
        }

        if (green >= FirstCached)
        {
            return IsCached | ((uint)greenLength << 24) | (uint)(green - FirstCached);
        }

        int red = Red.Find(next >> greenLength, out int redLength);
        int blue = Blue.Find(next >> Math.Min(greenLength + redLength, 31), out int blueLength);
        int length = greenLength + redLength + blueLength;
        return length <= bits ? IsPixel | ((uint)length << 24) | ((uint)red << 16) | ((uint)green << 8) | (uint)blue : 0;
    }
}
