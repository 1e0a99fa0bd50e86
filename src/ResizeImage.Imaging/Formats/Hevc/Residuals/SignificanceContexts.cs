using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>sigCtx of sig_coeff_flag by the offset in a sub-block's scan (H.265 9.3.4.2.5), before the offsets of the whole sub-block.</summary>
internal static class SignificanceContexts
{
    /// <summary>Row of a 4 × 4 block. Rows 0 to 3 are for larger blocks, by csbfCtx of the sub-block: 1 if the right one is coded, 2 if the lower one is.</summary>
    public const int Of4x4 = 4;

    private const int Scans = 3;
    private const int Positions = 16;

    // ctxIdxMap, table 9-50, for positions row by row.
    private static ReadOnlySpan<byte> Map4x4 => [0, 1, 4, 5, 2, 3, 4, 5, 6, 6, 8, 8, 7, 7, 8, 8];

    /// <summary>16 elements for each row and scanIdx.</summary>
    public static readonly byte[] Table = Make();

    /// <summary>Index of the first of 16 elements.</summary>
    public static int IndexOf(int row, int scanIdx) => ((row * Scans) + scanIdx) * Positions;

    private static byte[] Make()
    {
        byte[] table = new byte[(Of4x4 + 1) * Scans * Positions];
        for (int row = 0; row <= Of4x4; row++)
        {
            for (int scanIdx = 0; scanIdx < Scans; scanIdx++)
            {
                byte[] scan = ScanOrder.Of(2, scanIdx);
                for (int n = 0; n < Positions; n++)
                {
                    table[IndexOf(row, scanIdx) + n] = row == Of4x4 ? Map4x4[scan[n]] : (byte)Larger(row, scan[n] & 3, scan[n] >> 2);
                }
            }
        }

        return table;
    }

    /// <summary>sigCtx of the position (x, y) in a sub-block.</summary>
    private static int Larger(int codedNeighbors, int x, int y) => codedNeighbors switch
    {
        0 => x + y == 0 ? 2 : x + y < 3 ? 1 : 0,
        1 => y == 0 ? 2 : y == 1 ? 1 : 0,
        2 => x == 0 ? 2 : x == 1 ? 1 : 0,
        _ => 2,
    };
}
