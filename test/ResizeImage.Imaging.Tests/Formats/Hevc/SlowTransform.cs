namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Residuals by the equations of H.265 8.6.2 and 8.6.4.2, one sample after the other.</summary>
internal static class SlowTransform
{
    private static readonly int[,] Sine = { { 29, 55, 74, 84 }, { 74, 74, 0, -74 }, { 84, -29, -74, 55 }, { 55, -84, 74, -29 } };

    /// <summary>Columns 0 to 15 of transMatrix as the standard prints them, with one row of text for each coefficient.</summary>
    private static readonly int[][] Printed =
    [
        [64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64],
        [90, 90, 88, 85, 82, 78, 73, 67, 61, 54, 46, 38, 31, 22, 13, 4],
        [90, 87, 80, 70, 57, 43, 25, 9, -9, -25, -43, -57, -70, -80, -87, -90],
        [90, 82, 67, 46, 22, -4, -31, -54, -73, -85, -90, -88, -78, -61, -38, -13],
        [89, 75, 50, 18, -18, -50, -75, -89, -89, -75, -50, -18, 18, 50, 75, 89],
        [88, 67, 31, -13, -54, -82, -90, -78, -46, -4, 38, 73, 90, 85, 61, 22],
        [87, 57, 9, -43, -80, -90, -70, -25, 25, 70, 90, 80, 43, -9, -57, -87],
        [85, 46, -13, -67, -90, -73, -22, 38, 82, 88, 54, -4, -61, -90, -78, -31],
        [83, 36, -36, -83, -83, -36, 36, 83, 83, 36, -36, -83, -83, -36, 36, 83],
        [82, 22, -54, -90, -61, 13, 78, 85, 31, -46, -90, -67, 4, 73, 88, 38],
        [80, 9, -70, -87, -25, 57, 90, 43, -43, -90, -57, 25, 87, 70, -9, -80],
        [78, -4, -82, -73, 13, 85, 67, -22, -88, -61, 31, 90, 54, -38, -90, -46],
        [75, -18, -89, -50, 50, 89, 18, -75, -75, 18, 89, 50, -50, -89, -18, 75],
        [73, -31, -90, -22, 78, 67, -38, -90, -13, 82, 61, -46, -88, -4, 85, 54],
        [70, -43, -87, 9, 90, 25, -80, -57, 57, 80, -25, -90, -9, 87, 43, -70],
        [67, -54, -78, 38, 85, -22, -90, 4, 90, 13, -88, -31, 82, 46, -73, -61],
        [64, -64, -64, 64, 64, -64, -64, 64, 64, -64, -64, 64, 64, -64, -64, 64],
        [61, -73, -46, 82, 31, -88, -13, 90, -4, -90, 22, 85, -38, -78, 54, 67],
        [57, -80, -25, 90, -9, -87, 43, 70, -70, -43, 87, 9, -90, 25, 80, -57],
        [54, -85, -4, 88, -46, -61, 82, 13, -90, 38, 67, -78, -22, 90, -31, -73],
        [50, -89, 18, 75, -75, -18, 89, -50, -50, 89, -18, -75, 75, 18, -89, 50],
        [46, -90, 38, 54, -90, 31, 61, -88, 22, 67, -85, 13, 73, -82, 4, 78],
        [43, -90, 57, 25, -87, 70, 9, -80, 80, -9, -70, 87, -25, -57, 90, -43],
        [38, -88, 73, -4, -67, 90, -46, -31, 85, -78, 13, 61, -90, 54, 22, -82],
        [36, -83, 83, -36, -36, 83, -83, 36, 36, -83, 83, -36, -36, 83, -83, 36],
        [31, -78, 90, -61, 4, 54, -88, 82, -38, -22, 73, -90, 67, -13, -46, 85],
        [25, -70, 90, -80, 43, 9, -57, 87, -87, 57, -9, -43, 80, -90, 70, -25],
        [22, -61, 85, -90, 73, -38, -4, 46, -78, 90, -82, 54, -13, -31, 67, -88],
        [18, -50, 75, -89, 89, -75, 50, -18, -18, 50, -75, 89, -89, 75, -50, 18],
        [13, -38, 61, -78, 88, -90, 85, -73, 54, -31, 4, 22, -46, 67, -82, 90],
        [9, -25, 43, -57, 70, -80, 87, -90, 90, -87, 80, -70, 57, -43, 25, -9],
        [4, -13, 22, -31, 38, -46, 54, -61, 67, -73, 78, -82, 85, -88, 90, -90],
    ];

    /// <summary>transMatrix of coefficient k and sample n.</summary>
    public static int Element(int size, int k, int n)
    {
        int row = k * (32 / size);

        // The other 16 columns mirror these: odd rows with the other sign. Smaller transforms use rows of the largest one.
        return n < 16 ? Printed[row][n] : (row % 2 == 0 ? 1 : -1) * Printed[row][31 - n];
    }

    /// <summary>Samples after the residual of scaled coefficients was added to the prediction.</summary>
    /// <param name="coefficients">Row by row, size · size.</param>
    /// <param name="predicted">Row by row, size · size.</param>
    /// <param name="isSine">trType is 1.</param>
    /// <param name="bits">Bits of a sample.</param>
    public static int[] Reconstruct(short[] coefficients, int[] predicted, bool isSine, int bits)
    {
        int size = (int)Math.Sqrt(predicted.Length);
        long[,] first = new long[size, size];
        for (int x = 0; x < size; x++)
        {
            for (int y = 0; y < size; y++)
            {
                long sum = 0;
                for (int k = 0; k < size; k++)
                {
                    sum += (long)(isSine ? Sine[k, y] : Element(size, k, y)) * coefficients[(k * size) + x];
                }

                first[y, x] = Math.Clamp((sum + 64) >> 7, short.MinValue, short.MaxValue);
            }
        }

        int shift = 20 - bits;
        int[] samples = new int[size * size];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                long sum = 0;
                for (int k = 0; k < size; k++)
                {
                    sum += (isSine ? Sine[k, x] : Element(size, k, x)) * first[y, k];
                }

                long residual = (sum + (1L << (shift - 1))) >> shift;
                samples[(y * size) + x] = (int)Math.Clamp(predicted[(y * size) + x] + residual, 0, (1 << bits) - 1);
            }
        }

        return samples;
    }
}
