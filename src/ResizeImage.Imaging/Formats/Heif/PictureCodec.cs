using ResizeImage.Imaging.Formats.Hevc;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>A codec of items. A new codec is a row of <see cref="All"/>.</summary>
/// <param name="ItemType">The type of its items.</param>
/// <param name="ConfigurationType">The property with its decoder configuration.</param>
/// <param name="Parse">Reads the configuration.</param>
internal sealed record PictureCodec(uint ItemType, uint ConfigurationType, Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration> Parse)
{
    /// <summary>HEVC: parameter sets are in the configuration (hvc1), or may be in the data as well (hev1).</summary>
    public static readonly PictureCodec[] All =
    [
        new(BoxType.Of("hvc1"), BoxType.Of("hvcC"), HevcConfiguration.Parse),
        new(BoxType.Of("hev1"), BoxType.Of("hvcC"), HevcConfiguration.Parse),
    ];

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
}
