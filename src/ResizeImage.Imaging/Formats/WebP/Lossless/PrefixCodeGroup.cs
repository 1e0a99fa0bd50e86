using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The five prefix codes that a part of a picture is read with (RFC 9649, 3.7.2). To find green, red and blue in one look-up of their
/// common bits was tried; it is no faster.
/// </summary>
internal sealed class PrefixCodeGroup
{
    /// <summary>Codes of a group.</summary>
    public const int Codes = 5;

    /// <summary>Symbols of green that are literals; what is above is a length or an index of the color cache.</summary>
    public const int Literals = 256;

    /// <summary>Symbols of green that are lengths.</summary>
    public const int Lengths = 24;

    private const int FirstCached = Literals + Lengths;

    private readonly PrefixCode _green;
    private readonly PrefixCode _red;
    private readonly PrefixCode _blue;
    private readonly PrefixCode _alpha;

    // Alpha in its place, if it is the same for all pixels.
    private readonly uint _constantAlpha;

    private readonly bool _hasOnlyPixel;

    /// <param name="codes">Green (with lengths and color cache), red, blue, alpha, distance.</param>
    public PrefixCodeGroup(ReadOnlySpan<PrefixCode> codes)
    {
        _green = codes[0];
        _red = codes[1];
        _blue = codes[2];
        _alpha = codes[3];
        _constantAlpha = _alpha.IsSingle ? (uint)_alpha.Find(0, out _) << 24 : 0;
        Distance = codes[4];

        // A pixel of the cache takes the code of green alone.
        int green = _green.IsSingle ? _green.Find(0, out _) : Literals;
        _hasOnlyPixel = green >= FirstCached || (green < Literals && _red.IsSingle && _blue.IsSingle && _alpha.IsSingle);
    }

    public PrefixCode Distance { get; }


    /// <summary>The only pixel that the codes can give, which takes no bits. It remains the only one when it is put into the cache.</summary>
    /// <param name="cache">The color cache.</param>
    /// <param name="argb">The pixel.</param>
    /// <returns>False if there are others, or copies.</returns>
    public bool TryGetOnlyPixel(uint[] cache, out uint argb)
    {
        argb = 0;
        LosslessBitReader none = default;
        return _hasOnlyPixel && TryReadPixel(ref none, cache, out argb);
    }

    /// <summary>Reads the pixel that comes next.</summary>
    /// <param name="bits">At its beginning, filled.</param>
    /// <param name="cache">The color cache.</param>
    /// <param name="argb">The pixel; or the symbol of a length, less the first of those.</param>
    /// <returns>False if it is a length, of a copy.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadPixel(scoped ref LosslessBitReader bits, uint[] cache, out uint argb)
    {
        int green = _green.Read(ref bits);
        if (green >= Literals)
        {
            bool isCached = green >= FirstCached;
            argb = isCached ? cache[green - FirstCached] : (uint)(green - Literals);
            return isCached;
        }

        argb = _constantAlpha | ((uint)green << 8);
        argb |= (uint)_red.Read(ref bits) << 16;
        argb |= (uint)_blue.Read(ref bits);
        if (!_alpha.IsSingle)
        {
            bits.Fill();
            argb |= (uint)_alpha.Read(ref bits) << 24;
        }

        return true;
    }
}
