using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The five prefix codes of a part of an image (RFC 9649, 3.7.2). One look-up of green, red and blue together was tried; it is no faster.
/// </summary>
internal sealed class PrefixCodeGroup
{
    /// <summary>Codes of a group.</summary>
    public const int Codes = 5;

    /// <summary>Symbols of green that are literals. Higher symbols are lengths and indices of the color cache.</summary>
    public const int Literals = 256;

    /// <summary>Symbols of green that are lengths.</summary>
    public const int Lengths = 24;

    private const int FirstCached = Literals + Lengths;

    private readonly PrefixCode _green;
    private readonly PrefixCode _red;
    private readonly PrefixCode _blue;
    private readonly PrefixCode _alpha;

    // Alpha at its position in a pixel, if all pixels have the same.
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

        // A pixel of the cache uses only the code of green.
        int green = _green.IsSingle ? _green.Find(0, out _) : Literals;
        _hasOnlyPixel = green >= FirstCached || (green < Literals && _red.IsSingle && _blue.IsSingle && _alpha.IsSingle);
    }

    public PrefixCode Distance { get; }


    /// <summary>The only pixel that the codes can give, which takes no bits. Inserted into the cache, it remains the only one.</summary>
    /// <param name="cache">The color cache.</param>
    /// <param name="argb">The pixel.</param>
    /// <returns>False if there are others, or copies.</returns>
    public bool TryGetOnlyPixel(uint[] cache, out uint argb)
    {
        argb = 0;
        LosslessBitReader none = default;
        return _hasOnlyPixel && TryReadPixel(ref none, cache, out argb);
    }

    /// <summary>Reads the next pixel.</summary>
    /// <param name="bits">Positioned at the pixel and filled.</param>
    /// <param name="cache">The color cache.</param>
    /// <param name="argb">The pixel; or the symbol of a length, counted from the first length.</param>
    /// <returns>False if it is the length of a copy.</returns>
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
