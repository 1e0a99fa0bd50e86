namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The second byte of the markers that the decoder uses (T.81 table B.1).</summary>
internal static class JpegMarker
{
    public const byte StartOfFrameBaseline = 0xC0;
    public const byte StartOfFrameExtended = 0xC1;
    public const byte StartOfFrameProgressive = 0xC2;
    public const byte DefineHuffmanTables = 0xC4;
    public const byte JpegReserved = 0xC8;
    public const byte DefineArithmeticConditioning = 0xCC;
    public const byte StartOfFrameLast = 0xCF;
    public const byte Restart0 = 0xD0;
    public const byte Restart7 = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte DefineQuantizationTables = 0xDB;
    public const byte DefineNumberOfLines = 0xDC;
    public const byte DefineRestartInterval = 0xDD;
    public const byte DefineHierarchicalProgression = 0xDE;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App14 = 0xEE;
    public const byte App15 = 0xEF;
    public const byte StartOfFrameJpegLs = 0xF7;
    public const byte Comment = 0xFE;
    public const byte Temporary = 0x01;

    public static bool IsRestart(byte marker) => marker is >= Restart0 and <= Restart7;

    /// <summary>True for markers without a length and data.</summary>
    public static bool StandsAlone(byte marker) => marker is Temporary or (>= Restart0 and <= EndOfImage);
}
