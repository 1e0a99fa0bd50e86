namespace ResizeImage.Imaging.Formats;

/// <summary>The size and samples of a picture coded by a video codec, as HEIF files store them.</summary>
/// <param name="Width">Columns of luma samples.</param>
/// <param name="Height">Rows of luma samples.</param>
/// <param name="Chroma">How many chroma samples there are.</param>
/// <param name="LumaBits">Bits of a luma sample, 8 to 16.</param>
/// <param name="ChromaBits">Bits of a chroma sample, 8 to 16.</param>
/// <param name="Signal">The meaning of samples; null if the coded picture does not state it.</param>
internal sealed record PictureHeader(int Width, int Height, ChromaFormat Chroma, int LumaBits, int ChromaBits, VideoSignal? Signal);

/// <summary>The sampling of chroma. The values are chroma_format_idc of H.265 6.2.</summary>
internal enum ChromaFormat
{
    /// <summary>4:0:0: luma only.</summary>
    Monochrome = 0,

    /// <summary>4:2:0: half the columns and half the rows.</summary>
    Yuv420 = 1,

    /// <summary>4:2:2: half the columns.</summary>
    Yuv422 = 2,

    /// <summary>4:4:4: as many as luma samples.</summary>
    Yuv444 = 3,
}

/// <summary>The meaning of samples by code points of Rec. ITU-T H.273; 2 is unspecified.</summary>
/// <param name="Primaries">ColourPrimaries.</param>
/// <param name="Transfer">TransferCharacteristics.</param>
/// <param name="Matrix">MatrixCoefficients.</param>
/// <param name="IsFullRange">VideoFullRangeFlag.</param>
internal readonly record struct VideoSignal(int Primaries, int Transfer, int Matrix, bool IsFullRange);
