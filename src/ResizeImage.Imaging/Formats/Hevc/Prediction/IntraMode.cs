namespace ResizeImage.Imaging.Formats.Hevc.Prediction;

/// <summary>predModeIntra (H.265 table 8-1): planar, DC, and 33 angles from 2, below left, over 10, left, and 26, above, to 34, above right.</summary>
internal static class IntraMode
{
    public const int Planar = 0;
    public const int Dc = 1;
    public const int Horizontal = 10;
    public const int FirstVertical = 18;
    public const int Vertical = 26;
    public const int Last = 34;

    /// <summary>Table 8-3: the mode of 4:2:2 chroma, whose blocks are twice as high as wide, from the mode of luma.</summary>
    private static ReadOnlySpan<byte> Of422 =>
        [0, 1, 2, 2, 2, 2, 3, 5, 7, 8, 10, 12, 13, 15, 17, 18, 19, 20, 21, 22, 23, 23, 24, 24, 25, 25, 26, 27, 27, 28, 28, 29, 29, 30, 31];

    /// <summary>IntraPredModeC (8.4.3).</summary>
    /// <param name="code">intra_chroma_pred_mode; 4 is the mode of luma.</param>
    /// <param name="luma">The mode of luma.</param>
    /// <param name="chroma">Sampling.</param>
    public static int OfChroma(int code, int luma, ChromaFormat chroma)
    {
        int mode = code switch
        {
            0 => Planar,
            1 => Vertical,
            2 => Horizontal,
            3 => Dc,
            _ => luma,
        };
        if (code != 4 && mode == luma)
        {
            mode = Last;
        }

        return chroma == ChromaFormat.Yuv422 ? Of422[mode] : mode;
    }

    /// <summary>filterFlag (8.4.4.2.3): angles far enough from horizontal and vertical, by the block's size.</summary>
    public static bool IsSmoothed(int mode, int log2Size)
    {
        if (mode == Dc || log2Size == 2)
        {
            return false;
        }

        int distance = Math.Min(Math.Abs(mode - Vertical), Math.Abs(mode - Horizontal));
        return distance > log2Size switch
        {
            3 => 7,
            4 => 1,
            _ => 0,
        };
    }

    /// <summary>The scan of coefficients (7.4.9.11, scanIdx).</summary>
    /// <param name="mode">The block's mode.</param>
    /// <param name="isSmall">The block has one of the sizes whose scan depends on the mode.</param>
    public static int ScanIdx(int mode, bool isSmall) => !isSmall ? Headers.ScanOrder.UpRightDiagonal
        : mode is >= 6 and <= 14 ? Headers.ScanOrder.Vertical
        : mode is >= 22 and <= 30 ? Headers.ScanOrder.Horizontal
        : Headers.ScanOrder.UpRightDiagonal;
}
