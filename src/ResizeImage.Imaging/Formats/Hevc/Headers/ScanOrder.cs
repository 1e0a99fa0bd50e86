namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>The scans of coefficients and sub-blocks (H.265 6.5.3 to 6.5.5). A position is (row · size) + column.</summary>
internal static class ScanOrder
{
    /// <summary>scanIdx of the up-right diagonal scan.</summary>
    public const int UpRightDiagonal = 0;

    /// <summary>scanIdx of the horizontal scan.</summary>
    public const int Horizontal = 1;

    /// <summary>scanIdx of the vertical scan.</summary>
    public const int Vertical = 2;

    private const int Sizes = 4;
    private static readonly byte[][] Scans = MakeAll();

    /// <summary>The positions of the up-right diagonal scan.</summary>
    /// <param name="log2Size">Log2 of the number of columns: 0 to 3.</param>
    public static ReadOnlySpan<byte> Diagonal(int log2Size) => Of(log2Size, UpRightDiagonal);

    /// <summary>The positions of a scan.</summary>
    /// <param name="log2Size">Log2 of the number of columns: 0 to 3.</param>
    /// <param name="scanIdx">0 to 2.</param>
    public static byte[] Of(int log2Size, int scanIdx) => Scans[(scanIdx * Sizes) + log2Size];

    private static byte[][] MakeAll()
    {
        byte[][] scans = new byte[3 * Sizes][];
        for (int log2Size = 0; log2Size < Sizes; log2Size++)
        {
            int size = 1 << log2Size;
            byte[] diagonal = scans[log2Size] = new byte[size * size];
            byte[] horizontal = scans[Sizes + log2Size] = new byte[size * size];
            byte[] vertical = scans[(2 * Sizes) + log2Size] = new byte[size * size];
            int next = 0;
            for (int sum = 0; sum < (2 * size) - 1; sum++)
            {
                for (int y = Math.Min(sum, size - 1); y >= Math.Max(0, sum - size + 1); y--)
                {
                    diagonal[next++] = (byte)((y * size) + sum - y);
                }
            }

            for (int i = 0; i < size * size; i++)
            {
                horizontal[i] = (byte)i;
                vertical[i] = (byte)(((i % size) * size) + (i / size));
            }
        }

        return scans;
    }
}
