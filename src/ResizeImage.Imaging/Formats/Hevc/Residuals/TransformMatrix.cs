namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>transMatrix of H.265 8.6.4.2 as integers, row by row: element (k, n) multiplies coefficient k in sample n.</summary>
internal static class TransformMatrix
{
    /// <summary>The magnitudes by the angle, in units of π / 64: the element (k, n) of 32 samples has the angle (2n + 1) · k.</summary>
    private static ReadOnlySpan<byte> ByAngle =>
    [
        64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38, 36, 31, 25, 22, 18, 13, 9, 4, 0,
    ];

    private static readonly int[][] Matrices = [Make(4), Make(8), Make(16), Make(32)];

    /// <summary>The DST of 4 × 4 luma blocks (8.6.4.2, equation for trType 1).</summary>
    public static int[] Sine { get; } = [29, 55, 74, 84, 74, 74, 0, -74, 84, -29, -74, 55, 55, -84, 74, -29];

    /// <summary>The DCT of 4 to 32 samples.</summary>
    public static int[] Cosine(int log2Size) => Matrices[log2Size - 2];

    private static int[] Make(int size)
    {
        int[] matrix = new int[size * size];
        for (int k = 0; k < size; k++)
        {
            for (int n = 0; n < size; n++)
            {
                matrix[(k * size) + n] = k == 0 ? ByAngle[0] : OfAngle(((2 * n) + 1) * k * (32 / size));
            }
        }

        return matrix;
    }

    /// <summary>A cosine's symmetries: 128 units are a whole turn.</summary>
    private static int OfAngle(int angle)
    {
        angle %= 128;
        angle = angle > 64 ? 128 - angle : angle;
        return angle > 32 ? -ByAngle[64 - angle] : ByAngle[angle];
    }
}
