namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The tags of directory entries that matter (TIFF 6.0, appendix A; its supplements; Exif 2.32, 4.6).</summary>
internal static class TiffTag
{
    public const ushort NewSubfileType = 254;
    public const ushort SubfileType = 255;
    public const ushort ImageWidth = 256;
    public const ushort ImageLength = 257;
    public const ushort BitsPerSample = 258;
    public const ushort Compression = 259;
    public const ushort PhotometricInterpretation = 262;
    public const ushort FillOrder = 266;
    public const ushort Make = 271;
    public const ushort StripOffsets = 273;
    public const ushort Orientation = 274;
    public const ushort SamplesPerPixel = 277;
    public const ushort RowsPerStrip = 278;
    public const ushort StripByteCounts = 279;
    public const ushort PlanarConfiguration = 284;
    public const ushort T4Options = 292;
    public const ushort Predictor = 317;
    public const ushort ColorMap = 320;
    public const ushort TileWidth = 322;
    public const ushort TileLength = 323;
    public const ushort TileOffsets = 324;
    public const ushort TileByteCounts = 325;
    public const ushort SubIfds = 330;
    public const ushort InkSet = 332;
    public const ushort ExtraSamples = 338;
    public const ushort SampleFormat = 339;
    public const ushort JpegTables = 347;
    public const ushort JpegInterchangeFormat = 513;
    public const ushort JpegInterchangeFormatLength = 514;
    public const ushort YCbCrCoefficients = 529;
    public const ushort YCbCrSubsampling = 530;
    public const ushort ReferenceBlackWhite = 532;
    public const ushort Xmp = 700;
    public const ushort IccProfile = 34675;
    public const ushort ExifDirectory = 34665;
    public const ushort DngVersion = 50706;

    // In the EXIF directory and in its interoperability directory.
    public const ushort ExifColorSpace = 40961;
    public const ushort InteroperabilityDirectory = 40965;
    public const ushort InteroperabilityIndex = 1;
}
