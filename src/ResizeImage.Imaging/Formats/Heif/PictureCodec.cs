namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>A codec of items. PictureCodec.Hevc.cs is not compiled with -p:Hevc=false.</summary>
/// <param name="ItemType">The type of its items.</param>
/// <param name="ConfigurationType">The property with its decoder configuration.</param>
/// <param name="Parse">Reads the configuration.</param>
internal sealed partial record PictureCodec(uint ItemType, uint ConfigurationType, Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration> Parse)
{
    /// <summary>The codecs of this build.</summary>
    public static readonly PictureCodec[] All = Hevc(Parser() ?? ((_, _) => throw HeifErrors.NoHevcDecoder()));

    /// <summary>The codecs where HEVC is turned off.</summary>
    public static readonly PictureCodec[] WithoutHevc = Hevc((_, _) => throw HeifErrors.HevcIsOff());

    /// <summary>An item type that is not read, for messages: with the name of its codec if it has one.</summary>
    public static string Describe(uint itemType)
    {
        string type = BoxType.NameOf(itemType);
        string name = type switch
        {
            "av01" => " (AV1, as in AVIF)",
            "avc1" => " (AVC)",
            "vvc1" => " (VVC)",
            "evc1" => " (EVC)",
            "lhv1" => " (layered HEVC)",
            "unci" => " (uncompressed)",
            "j2k1" => " (JPEG 2000)",
            "jxlc" or "jxl " => " (JPEG XL)",
            "jpeg" => " (JPEG)",
            _ => "",
        };
        return $"\"{type}\"{name}";
    }

    /// <summary>Parameter sets of HEVC are in the configuration (hvc1), or may be in the data as well (hev1).</summary>
    private static PictureCodec[] Hevc(Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration> parse) =>
    [
        new(BoxType.Of("hvc1"), BoxType.Of("hvcC"), parse),
        new(BoxType.Of("hev1"), BoxType.Of("hvcC"), parse),
    ];

    private static Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration>? Parser()
    {
        Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration>? parse = null;
        AddHevc(ref parse);
        return parse;
    }

    static partial void AddHevc(ref Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration>? parse);
}
