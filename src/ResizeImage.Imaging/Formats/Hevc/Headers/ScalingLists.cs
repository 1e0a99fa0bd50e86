namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>
/// Scaling factors of quantization (H.265 7.3.4 and 7.4.5): for transforms of 4, 8, 16 and 32 samples (sizeId 0 to 3), six matrices each, in the
/// order Y, Cb, Cr of intra and then of inter blocks.
/// </summary>
internal sealed class ScalingLists
{
    private const int Sizes = 4;
    private const int Matrices = 6;
    private const int Flat = 16;

    // Table 7-6, intra, in the order of the up-right diagonal scan.
    private static ReadOnlySpan<byte> DefaultIntra =>
    [
        16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 16, 17, 16, 17, 18, 17, 18, 18, 17, 18, 21, 19, 20, 21, 20, 19, 21, 24, 22, 22, 24,
        24, 22, 22, 24, 25, 25, 27, 30, 27, 25, 25, 29, 31, 35, 35, 31, 29, 36, 41, 44, 41, 36, 47, 54, 54, 47, 65, 70, 65, 88, 88, 115,
    ];

    // Table 7-6, inter.
    private static ReadOnlySpan<byte> DefaultInter =>
    [
        16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 18, 18, 18, 18, 18, 18, 20, 20, 20, 20, 20, 20, 20, 24, 24, 24, 24,
        24, 24, 24, 24, 25, 25, 25, 25, 25, 25, 25, 28, 28, 28, 28, 28, 28, 33, 33, 33, 33, 33, 41, 41, 41, 41, 54, 54, 54, 71, 71, 91,
    ];

    private readonly byte[][] _lists = new byte[Sizes * Matrices][];
    private readonly byte[] _dc = new byte[Sizes * Matrices];
    private readonly byte[][] _factors = new byte[Sizes * Matrices][];

    private ScalingLists()
    {
        for (int size = 0; size < Sizes; size++)
        {
            for (int matrix = 0; matrix < Matrices; matrix++)
            {
                SetDefault(size, matrix);
            }
        }
    }

    /// <summary>The lists of tables 7-5 and 7-6.</summary>
    public static ScalingLists Default { get; } = new ScalingLists().Expand();

    /// <summary>Reads scaling_list_data.</summary>
    /// <param name="reader">At its beginning.</param>
    /// <param name="chroma">With 4:4:4, the chroma matrices of 32 × 32 come from those of 16 × 16.</param>
    /// <exception cref="InvalidImageException">An element is out of range.</exception>
    public static ScalingLists Read(ref RbspReader reader, ChromaFormat chroma)
    {
        ScalingLists lists = new();
        for (int size = 0; size < Sizes; size++)
        {
            for (int matrix = 0; matrix < Matrices; matrix += size == 3 ? 3 : 1)
            {
                lists.ReadList(ref reader, size, matrix);
            }
        }

        if (chroma == ChromaFormat.Yuv444)
        {
            // 7.4.5: ScalingFactor of 32 × 32 chroma, for chroma_format_idc equal to 3.
            foreach (int matrix in (ReadOnlySpan<int>)[1, 2, 4, 5])
            {
                lists._lists[(3 * Matrices) + matrix] = lists._lists[(2 * Matrices) + matrix];
                lists._dc[(3 * Matrices) + matrix] = lists._dc[(2 * Matrices) + matrix];
            }
        }

        return lists.Expand();
    }

    /// <summary>The factors of a transform, row by row: m of 8.6.4.2.</summary>
    /// <param name="log2Size">Log2 of the transform's size: 2 to 5.</param>
    /// <param name="component">0 for Y, 1 for Cb, 2 for Cr, of intra blocks.</param>
    public byte[] Factors(int log2Size, int component) => _factors[((log2Size - 2) * Matrices) + component];

    private void ReadList(ref RbspReader reader, int size, int matrix)
    {
        int index = (size * Matrices) + matrix;
        if (!reader.Flag())
        {
            // Prediction from a list that was read before, or from the default list.
            int step = size == 3 ? 3 : 1;
            int delta = reader.Unsigned(matrix / step, "scaling_list_pred_matrix_id_delta") * step;
            if (delta == 0)
            {
                SetDefault(size, matrix);
            }
            else
            {
                _lists[index] = _lists[index - delta];
                _dc[index] = _dc[index - delta];
            }

            return;
        }

        int next = 8;
        if (size > 1)
        {
            next = reader.Signed(-7, 247, "scaling_list_dc_coef_minus8") + 8;
            _dc[index] = (byte)next;
        }

        byte[] list = new byte[size == 0 ? 16 : 64];
        for (int i = 0; i < list.Length; i++)
        {
            next = (next + reader.Signed(-128, 127, "scaling_list_delta_coef")) & 0xFF;
            list[i] = (byte)next;
        }

        _lists[index] = list;
    }

    private void SetDefault(int size, int matrix)
    {
        int index = (size * Matrices) + matrix;
        byte[] list = new byte[size == 0 ? 16 : 64];
        if (size == 0)
        {
            list.AsSpan().Fill(Flat);
        }
        else
        {
            (matrix < 3 ? DefaultIntra : DefaultInter).CopyTo(list);
        }

        _lists[index] = list;
        _dc[index] = Flat;
    }

    /// <summary>Equations 7-42 to 7-51: lists of 8 × 8 are repeated to the size of the transform, and the DC element replaces the first.</summary>
    private ScalingLists Expand()
    {
        Span<byte> square = stackalloc byte[64];
        for (int index = 0; index < Sizes * Matrices; index++)
        {
            int log2Size = (index / Matrices) + 2;
            int log2List = Math.Min(log2Size, 3);
            byte[] factors = new byte[1 << (2 * log2Size)];
            ReadOnlySpan<byte> scan = ScanOrder.Diagonal(log2List);
            for (int i = 0; i < scan.Length; i++)
            {
                square[scan[i]] = _lists[index][i];
            }

            int shift = log2Size - log2List;
            for (int i = 0; i < factors.Length; i++)
            {
                int x = (i & ((1 << log2Size) - 1)) >> shift;
                int y = i >> log2Size >> shift;
                factors[i] = square[(y << log2List) + x];
            }

            if (log2Size > 3)
            {
                factors[0] = _dc[index];
            }

            _factors[index] = factors;
        }

        return this;
    }
}
