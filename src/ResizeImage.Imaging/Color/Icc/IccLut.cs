namespace ResizeImage.Imaging.Color.Icc;

/// <summary>Reads a profile's tables from device to connection space.</summary>
internal static class IccLut
{
    /// <summary>XYZ of the black of version 4's perceptual tables (ICC.1:2022 6.3).</summary>
    private static readonly Triple PerceptualBlack = new(0.00336, 0.0034731, 0.00287);

    /// <summary>Reads a tag.</summary>
    /// <returns>Null if it is missing, corrupt, or for another number of channels than the profile's.</returns>
    public static LutTransform? Read(IccProfile profile, ReadOnlySpan<byte> signature)
    {
        ReadOnlyMemory<byte> tag = profile.Tag(signature);
        LutStages? stages = tag.Span switch
        {
            var bytes when bytes.StartsWith("mft1"u8) => IccLutTables.ReadLut8(tag),
            var bytes when bytes.StartsWith("mft2"u8) => IccLutTables.ReadLut16(tag),
            var bytes when bytes.StartsWith("mAB "u8) => IccLutAToB.Read(tag),
            _ => null,
        };
        if (stages is null || stages.Input.Length != Channels(profile.Model))
        {
            return null;
        }

        bool isPerceptual = signature.SequenceEqual("A2B0"u8) && profile.IsVersion4 && profile.Xyz("rXYZ"u8) is null;
        Triple black = isPerceptual ? PerceptualBlack : ConnectionSpace.Darkest(new LutTransform(stages, Connection(default)).Luminance(Darkest(profile.Model)));
        return new(stages, Connection(black));

        // In lut16Type, CIELAB has the encoding of version 2, whatever the profile's version: 0xFF00 is L* = 100 (ICC.1:2022 10.10).
        LutConnection Connection(Triple black) => profile.ConnectsByLab
            ? LutConnection.OfLab(black, tag.Span.StartsWith("mft2"u8) ? 65535 / 65280.0 : 1)
            : LutConnection.OfXyz(black);
    }

    private static int Channels(ColorModel model) => model switch
    {
        ColorModel.Gray => 1,
        ColorModel.Rgb => 3,
        _ => 4,
    };

    private static double[] Darkest(ColorModel model) => model == ColorModel.Cmyk ? [1, 1, 1, 1] : [0, 0, 0, 0];
}
