namespace ResizeImage.Imaging.Formats.Hevc;

/// <summary>The decoder configuration of HEVC (ISO/IEC 14496-15, 8.3.2.1).</summary>
internal static class HevcConfiguration
{
    /// <summary>Reads the configuration.</summary>
    /// <exception cref="UnsupportedImageException">Always: the decoder is not in this build.</exception>
    public static PictureConfiguration Parse(ReadOnlyMemory<byte> hvcC, WorkMeter work)
    {
        work.Check();
        throw new UnsupportedImageException($"The image is coded by HEVC ({hvcC.Length:N0} bytes of configuration), which is not read. {Advice.Unsupported}");
    }
}
