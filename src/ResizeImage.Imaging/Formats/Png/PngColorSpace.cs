using System.Buffers.Binary;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Color.Icc;
using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>The chunks that define the meaning of samples (PNG 11.3.2), the first of each type. Default: none.</summary>
/// <param name="Cicp">Data of cICP; empty if there is none.</param>
/// <param name="Iccp">Data of iCCP; empty if there is none.</param>
/// <param name="IsSrgb">The file has sRGB; its rendering intent has no effect here.</param>
/// <param name="Gama">Data of gAMA; empty if there is none.</param>
/// <param name="Chrm">Data of cHRM; empty if there is none.</param>
internal readonly record struct PngColorSpace(
    ReadOnlyMemory<byte> Cicp, ReadOnlyMemory<byte> Iccp, bool IsSrgb, ReadOnlyMemory<byte> Gama, ReadOnlyMemory<byte> Chrm)
{
    /// <summary>The file stores gamma and chromaticities multiplied by this.</summary>
    private const double Scale = 100000;

    /// <summary>
    /// From here to <see cref="LastUsualGamma"/> a file means the curve of screens, and sRGB describes that better than 1 / 2.2. PNG 11.3.2.5
    /// recommends 45455 to writers of sRGB.
    /// </summary>
    private const uint FirstUsualGamma = 45000;
    private const uint LastUsualGamma = 46000;

    /// <summary>Adds a chunk, unless one of its type is there.</summary>
    public PngColorSpace With(uint type, ReadOnlyMemory<byte> data) => type switch
    {
        PngChunk.Cicp when Cicp.IsEmpty => this with { Cicp = data },
        PngChunk.Iccp when Iccp.IsEmpty => this with { Iccp = data },
        PngChunk.Srgb => this with { IsSrgb = true },
        PngChunk.Gama when Gama.IsEmpty => this with { Gama = data },
        PngChunk.Chrm when Chrm.IsEmpty => this with { Chrm = data },
        _ => this,
    };

    /// <summary>The color encoding of the chunk of the highest precedence (PNG 4.3): cICP, iCCP, sRGB, then gAMA and cHRM.</summary>
    /// <param name="work">Counts inflated bytes.</param>
    public ColorEncoding ToEncoding(WorkMeter work)
    {
        if (!Cicp.IsEmpty && FromCodePoints(Cicp.Span) is { } encoding)
        {
            return encoding;
        }

        if (!Iccp.IsEmpty)
        {
            return FromProfile(Iccp, work);
        }

        if (IsSrgb || (Gama.IsEmpty && Chrm.IsEmpty))
        {
            return Cicp.IsEmpty || IsSrgb
                ? (IsSrgb ? ColorEncoding.StatedSrgb : ColorEncoding.Srgb)
                : ColorEncoding.Ignored("The PNG's color space (chunk cICP) is not known and was ignored; its colors may be off.");
        }

        return ColorEncoding.OfRgb(Primaries(Chrm.Span), Curve(Gama.Span), "primaries and gamma of the file");
    }

    /// <summary>cICP: primaries, transfer function, matrix (0: the samples are R, G, B) and full range.</summary>
    private static ColorEncoding? FromCodePoints(ReadOnlySpan<byte> data) =>
        data is [var primaries, var transfer, 0, 1] ? CodePoints.ToEncoding(primaries, transfer) : null;

    /// <summary>iCCP: a name, NUL, compression method 0, and the profile in zlib format. Inflates no more than the size in the profile's header.</summary>
    private static ColorEncoding FromProfile(ReadOnlyMemory<byte> data, WorkMeter work)
    {
        const int LongestName = 79;
        int name = data.Span[..Math.Min(data.Length, LongestName + 1)].IndexOf((byte)0);
        if (name < 1 || data.Length < name + 2 || data.Span[name + 1] != 0)
        {
            return ColorEncoding.Ignored("The PNG's ICC profile was ignored: its chunk (iCCP) is corrupt. Its colors may be off.");
        }

        // A useful profile is not larger compressed than uncompressed.
        ReadOnlyMemory<byte> packed = data[(name + 2)..];
        packed = packed[..Math.Min(packed.Length, IccProfile.MaxBytes)];
        using Inflater inflater = new(new MemoryStream(packed.ToArray()), IccProfile.HeaderBytes, IccProfile.MaxBytes, work);
        ReadOnlySpan<byte> header = inflater.Take(IccProfile.HeaderBytes);
        if (header.Length < IccProfile.HeaderBytes)
        {
            return Unpackable();
        }

        byte[] profile = new byte[Math.Clamp(IccProfile.StatedSize(header), (uint)header.Length, IccProfile.MaxBytes)];
        int length = header.Length;
        header.CopyTo(profile);
        for (int taken = length; taken > 0 && length < profile.Length; length += taken)
        {
            ReadOnlySpan<byte> part = inflater.Take(Math.Min(IccProfile.HeaderBytes, profile.Length - length));
            part.CopyTo(profile.AsSpan(length));
            taken = part.Length;
        }

        return inflater.IsCorrupt ? Unpackable() : ColorEncoding.OfIccProfile(profile.AsMemory(0, length));

        static ColorEncoding Unpackable() =>
            ColorEncoding.Ignored("The PNG's ICC profile was ignored: it cannot be unpacked. Its colors may be off.");
    }

    /// <summary>The inverse of gAMA, which is the exponent of encoding.</summary>
    private static ToneCurve Curve(ReadOnlySpan<byte> gama) =>
        gama.Length == sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(gama) is > 0 and not (>= FirstUsualGamma and <= LastUsualGamma) and var gamma
            ? ParametricCurve.Power(Scale / gamma)
            : ToneCurve.Srgb;

    /// <summary>cHRM: x and y of white, red, green and blue.</summary>
    private static RgbPrimaries Primaries(ReadOnlySpan<byte> chrm)
    {
        const int Points = 4;
        return chrm.Length == Points * 2 * sizeof(uint)
            ? new(At(chrm, 1), At(chrm, 2), At(chrm, 3), At(chrm, 0))
            : RgbPrimaries.Bt709;

        static Chromaticity At(ReadOnlySpan<byte> chrm, int point) => new(
            BinaryPrimitives.ReadUInt32BigEndian(chrm[(8 * point)..]) / Scale, BinaryPrimitives.ReadUInt32BigEndian(chrm[((8 * point) + 4)..]) / Scale);
    }
}
