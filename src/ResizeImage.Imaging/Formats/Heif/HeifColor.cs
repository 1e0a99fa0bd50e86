using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The meaning of samples: the colr properties of an item (ISO/IEC 23008-12, 6.5.5), then the coded picture, then the default.</summary>
/// <param name="IccProfile">Empty if there is none.</param>
/// <param name="Signal">Code points of Rec. ITU-T H.273. With a profile, only matrix and range count.</param>
internal sealed record HeifColor(ReadOnlyMemory<byte> IccProfile, VideoSignal Signal)
{
    private const int Unspecified = 2;

    /// <summary>sRGB by the matrix of BT.601 in full range: what phones mean if they say nothing.</summary>
    private static readonly VideoSignal Default = new(Unspecified, Unspecified, Unspecified, IsFullRange: true);

    /// <summary>The matrix of Y, Cb and Cr. Unspecified and unknown matrices are BT.601.</summary>
    public YCbCrMatrix Matrix => (Weights(Signal.Matrix), Signal.IsFullRange) switch
    {
        (null, true) => YCbCrMatrix.Jfif,
        (null, false) => YCbCrMatrix.Bt601Limited,
        ((double kr, double kb), bool isFullRange) => YCbCrMatrix.Of(kr, kb, isFullRange),
    };

    /// <summary>For display: of the encoding, unless the file states none.</summary>
    public string Name => (IccProfile.IsEmpty && Signal is { Primaries: Unspecified, Transfer: Unspecified } ? ColorEncoding.Srgb : ToEncoding()).Name;

    /// <summary>Reads the properties of an item.</summary>
    /// <param name="own">The item's properties.</param>
    /// <param name="ofFirstTile">Early iPhones, Sony, Canon and the largest Samsung photos describe the color of tiles only.</param>
    /// <param name="coded">What the coded picture states.</param>
    public static HeifColor Read(List<ItemProperty> own, List<ItemProperty> ofFirstTile, VideoSignal? coded)
    {
        (ReadOnlyMemory<byte> profile, VideoSignal? signal) = Find(own);
        if (profile.IsEmpty && signal is null)
        {
            (profile, signal) = Find(ofFirstTile);
        }

        return new(profile, signal ?? coded ?? Default);
    }

    /// <summary>The encoding of R, G and B.</summary>
    public ColorEncoding ToEncoding()
    {
        if (!IccProfile.IsEmpty)
        {
            return ColorEncoding.OfIccProfile(IccProfile);
        }

        // The camera curve of BT.709 (1, 6, 14, 15) is what phones write into stills that are sRGB: newer models of the same maker have code point
        // 6 beside a profile with the curve of sRGB. Its inverse would darken them.
        const int Bt709 = 1;
        const int Srgb = 13;
        int primaries = Signal.Primaries == Unspecified ? Bt709 : Signal.Primaries;
        int transfer = Signal.Transfer is 1 or Unspecified or 6 or 14 or 15 ? Srgb : Signal.Transfer;
        return CodePoints.ToEncoding(primaries, transfer) ?? ColorEncoding.Srgb;
    }

    /// <summary>The weights of R and B in luma (H.273, table 4); null for BT.601.</summary>
    private static (double Kr, double Kb)? Weights(int matrix) => matrix switch
    {
        1 => (0.2126, 0.0722),
        4 => (0.30, 0.11),
        7 => (0.212, 0.087),
        9 or 10 => (0.2627, 0.0593),
        _ => null,
    };

    private static (ReadOnlyMemory<byte> Profile, VideoSignal? Signal) Find(List<ItemProperty> properties)
    {
        ReadOnlyMemory<byte> profile = default;
        VideoSignal? signal = null;
        foreach (ItemProperty property in properties)
        {
            if (property.Type != BoxType.Colr)
            {
                continue;
            }

            BoxReader reader = new(property.Payload.Span, BoxType.Colr);
            switch (reader.ReadUInt32())
            {
                case BoxType.Prof or BoxType.RIcc when profile.IsEmpty:
                    profile = property.Payload[4..];
                    break;
                case BoxType.Nclx when signal is null:
                    signal = new(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), (reader.ReadByte() & 0x80) != 0);
                    break;
            }
        }

        return (profile, signal);
    }
}
