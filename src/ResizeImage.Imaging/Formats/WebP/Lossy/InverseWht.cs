namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The inverse Walsh-Hadamard transform of a Y2 block (RFC 6386, 14.3).</summary>
internal static class InverseWht
{
    /// <summary>Turns a Y2 block into the DC coefficients of the luma blocks.</summary>
    /// <param name="y2">Sixteen coefficients in rows.</param>
    /// <param name="luma">Sixteen blocks of sixteen coefficients.</param>
    public static void Transform(ReadOnlySpan<short> y2, Span<short> luma)
    {
        Span<int> columns = stackalloc int[16];
        y2 = y2[..16];
        for (int i = 0; i < 4; i++)
        {
            int a0 = y2[i] + y2[12 + i];
            int a1 = y2[4 + i] + y2[8 + i];
            int a2 = y2[4 + i] - y2[8 + i];
            int a3 = y2[i] - y2[12 + i];
            columns[i] = a0 + a1;
            columns[4 + i] = a3 + a2;
            columns[8 + i] = a0 - a1;
            columns[12 + i] = a3 - a2;
        }

        for (int i = 0; i < 4; i++)
        {
            ReadOnlySpan<int> row = columns.Slice(4 * i, 4);
            Span<short> output = luma.Slice(4 * Residual.BlockSize * i, (3 * Residual.BlockSize) + 1);
            int dc = row[0] + 3;
            int a0 = dc + row[3];
            int a1 = row[1] + row[2];
            int a2 = row[1] - row[2];
            int a3 = dc - row[3];
            output[0] = (short)((a0 + a1) >> 3);
            output[Residual.BlockSize] = (short)((a3 + a2) >> 3);
            output[2 * Residual.BlockSize] = (short)((a0 - a1) >> 3);
            output[3 * Residual.BlockSize] = (short)((a3 - a2) >> 3);
        }
    }
}
