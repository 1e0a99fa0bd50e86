using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Residuals;

/// <summary>
/// residual_coding (H.265 7.3.8.11): the coefficients of a transform block, scaled. More than half of a photo's decoding time is spent here. The
/// loops copy the arithmetic decoder: a copy whose address is never taken stays in registers.
/// </summary>
internal sealed class ResidualReader(PictureParameters picture)
{
    private const int MaxSize = 32;
    private const int LevelsOfSubBlock = 16;

    private readonly bool _hidesSigns = picture.HasSignDataHiding;
    private readonly bool _hasTransformSkip = picture.HasTransformSkip;

    /// <summary>The scaled coefficients, row by row in the block's size; all zero after <see cref="Clear"/>.</summary>
    public short[] Coefficients { get; } = new short[MaxSize * MaxSize];

    /// <summary>transform_skip_flag.</summary>
    public bool IsTransformSkipped { get; private set; }

    /// <summary>Columns that may have coefficients other than zero: a multiple of 4.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows that may have coefficients other than zero: a multiple of 4.</summary>
    public int Rows { get; private set; }

    /// <summary>Only the first coefficient is there.</summary>
    public bool IsOnlyDc { get; private set; }

    /// <summary>Zeroes the coefficients of the block read last.</summary>
    /// <param name="log2Size">Log2 of its size.</param>
    public void Clear(int log2Size) => Coefficients.AsSpan(0, Rows << log2Size).Clear();

    /// <summary>Reads a block.</summary>
    /// <param name="decoder">The arithmetic decoder.</param>
    /// <param name="data">Its data.</param>
    /// <param name="models">The context variables.</param>
    /// <param name="block">The block.</param>
    public void Read(ref ArithmeticDecoder decoder, byte[] data, byte[] models, in ResidualBlock block)
    {
        ref byte model = ref MemoryMarshal.GetArrayDataReference(models);
        int chroma = block.IsChroma ? 1 : 0;
        IsTransformSkipped = _hasTransformSkip && !block.IsLossless && block.Log2Size == 2
            && decoder.Decode(data, ref Unsafe.Add(ref model, ContextModels.TransformSkip + chroma)) != 0;

        int log2Size = block.Log2Size;
        (int x, int y) = ReadLastPosition(ref decoder, data, ref model, log2Size, chroma);
        (x, y) = block.ScanIdx == ScanOrder.Vertical ? (y, x) : (x, y);
        IsOnlyDc = (x | y) == 0;

        byte[] subBlockScan = ScanOrder.Of(log2Size - 2, block.ScanIdx);
        ref byte scan = ref MemoryMarshal.GetArrayDataReference(ScanOrder.Of(2, block.ScanIdx));
        SubBlockContexts contexts = new(block);
        Span<int> levels = stackalloc int[LevelsOfSubBlock];
        int i = Array.IndexOf(subBlockScan, (byte)(((y >> 2) << (log2Size - 2)) + (x >> 2)));
        int n = Array.IndexOf(ScanOrder.Of(2, block.ScanIdx), (byte)(((y & 3) << 2) + (x & 3)));
        int greater1Ctx = -1;
        (Columns, Rows) = (0, 0);
        for (uint significant = 1u << n; i >= 0; i--, n = LevelsOfSubBlock, significant = 0)
        {
            x = subBlockScan[i] & ((1 << (log2Size - 2)) - 1);
            y = subBlockScan[i] >> (log2Size - 2);
            int neighbors = contexts.CodedNeighbors(x, y);
            bool isInferred = significant != 0 || i == 0;
            if (!isInferred && decoder.Decode(data, ref Unsafe.Add(ref model, SubBlockContexts.OfCoded(neighbors, chroma))) == 0)
            {
                continue;
            }

            contexts.SetCoded(x, y);
            significant = ReadSignificance(ref decoder, data, ref model, contexts, neighbors, i, n, significant, isInferred);
            if (significant == 0)
            {
                continue;
            }

            int contextSet = (i == 0 || chroma != 0 ? 0 : 2) + (greater1Ctx == 0 ? 1 : 0);
            greater1Ctx = ReadLevels(ref decoder, data, ref model, contextSet, chroma, significant, _hidesSigns && !block.IsLossless, levels);
            (Columns, Rows) = (Math.Max(Columns, (4 * x) + 4), Math.Max(Rows, (4 * y) + 4));
            Store(block, significant, ref scan, levels, (y << (log2Size + 2)) + (x << 2));
        }
    }

    /// <summary>LastSignificantCoeffX and LastSignificantCoeffY, not swapped for the vertical scan (7.4.9.11).</summary>
    private static (int X, int Y) ReadLastPosition(ref ArithmeticDecoder decoder, byte[] data, ref byte model, int log2Size, int chroma)
    {
        ArithmeticDecoder cabac = decoder;
        int offset = chroma != 0 ? 15 : (3 * (log2Size - 2)) + ((log2Size - 1) >> 2);
        int shift = chroma != 0 ? log2Size - 2 : (log2Size + 1) >> 2;
        int most = (log2Size << 1) - 1;
        int x = 0;
        while (x < most && cabac.Decode(data, ref Unsafe.Add(ref model, ContextModels.LastX + offset + (x >> shift))) != 0)
        {
            x++;
        }

        int y = 0;
        while (y < most && cabac.Decode(data, ref Unsafe.Add(ref model, ContextModels.LastY + offset + (y >> shift))) != 0)
        {
            y++;
        }

        if (x > 3)
        {
            int bits = (x >> 1) - 1;
            x = ((2 + (x & 1)) << bits) + (int)cabac.DecodeBypass(data, bits);
        }

        if (y > 3)
        {
            int bits = (y >> 1) - 1;
            y = ((2 + (y & 1)) << bits) + (int)cabac.DecodeBypass(data, bits);
        }

        decoder = cabac;
        return (x, y);
    }

    /// <summary>
    /// sig_coeff_flag of a sub-block, from the coefficient before offset n of the scan on. If the block's last coefficient is in the sub-block,
    /// it is significant already. A sub-block whose flag was inferred, not read, may have no coefficient.
    /// </summary>
    /// <returns>A bit for each coefficient, by its offset in the scan.</returns>
    private static uint ReadSignificance(
        ref ArithmeticDecoder decoder, byte[] data, ref byte model, in SubBlockContexts contexts, int neighbors, int i, int n, uint significant, bool isInferred)
    {
        ref byte table = ref contexts.Significance(neighbors);
        ref byte first = ref Unsafe.Add(ref model, contexts.SignificanceOffset(i));
        if (n > 1)
        {
            significant |= ReadSignificance(ref decoder, data, ref first, ref table, n - 1);
        }

        if (n > 0)
        {
            // A sub-block that is marked as coded and has no other coefficient has the first one.
            significant |= !isInferred && significant == 0
                ? 1
                : decoder.Decode(data, ref i == 0 ? ref Unsafe.Add(ref model, contexts.DcOffset) : ref Unsafe.Add(ref first, (nint)table));
        }

        return significant;
    }

    /// <summary>sig_coeff_flag of the coefficients from n down to 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint ReadSignificance(ref ArithmeticDecoder decoder, byte[] data, ref byte first, ref byte table, int n)
    {
        ArithmeticDecoder cabac = decoder;
        uint significant = 0;
        do
        {
            significant = (significant << 1) | cabac.Decode(data, ref Unsafe.Add(ref first, (nint)Unsafe.Add(ref table, n)));
        }
        while (--n > 0);

        decoder = cabac;
        return significant << 1;
    }

    /// <summary>The levels of a sub-block's coefficients with their signs, from the last to the first.</summary>
    /// <returns>greater1Ctx after the last coeff_abs_level_greater1_flag; 0 once a flag was 1.</returns>
    private static int ReadLevels(
        ref ArithmeticDecoder decoder, byte[] data, ref byte model, int contextSet, int chroma, uint significant, bool hidesSigns, Span<int> levels)
    {
        const int MostFlags = 8;
        ArithmeticDecoder cabac = decoder;
        int count = BitOperations.PopCount(significant);
        ref int level = ref MemoryMarshal.GetReference(levels);
        ref byte greater1 = ref Unsafe.Add(ref model, ContextModels.Greater1 + (4 * contextSet) + (16 * chroma));
        int greater1Ctx = 1;
        uint greater = 0;
        int flags = Math.Min(count, MostFlags);
        for (int k = 0; k < flags; k++)
        {
            uint flag = cabac.Decode(data, ref Unsafe.Add(ref greater1, greater1Ctx));
            greater |= flag << k;

            // A flag that is 1 makes it 0, which stays; else it counts up to 3.
            greater1Ctx = (int)((0b11_11_10_00u >> (2 * greater1Ctx)) & 3 & (flag - 1));
            Unsafe.Add(ref level, k) = 1 + (int)flag;
        }

        int firstGreater = greater == 0 ? -1 : BitOperations.TrailingZeroCount(greater);
        if (greater != 0)
        {
            Unsafe.Add(ref level, firstGreater) += (int)cabac.Decode(data, ref Unsafe.Add(ref model, ContextModels.Greater2 + contextSet + (4 * chroma)));
        }

        // 7.4.9.11: signHidden, from the distance between the first and the last coefficient in the scan.
        int hidden = hidesSigns && 31 - BitOperations.LeadingZeroCount(significant) - BitOperations.TrailingZeroCount(significant) > 3 ? 1 : 0;
        uint signs = cabac.DecodeBypass(data, count - hidden) << (32 - count + hidden);
        decoder = cabac;
        if (greater != 0 || count > MostFlags)
        {
            ReadRemainders(ref decoder, data, count, greater, firstGreater, ref level);
        }

        int sum = 0;
        for (int k = 0; k < count; k++, signs <<= 1)
        {
            int negative = (int)signs >> 31;
            int magnitude = Unsafe.Add(ref level, k);
            sum += magnitude;
            Unsafe.Add(ref level, k) = (magnitude ^ negative) - negative;
        }

        if (hidden != 0 && (sum & 1) != 0)
        {
            Unsafe.Add(ref level, count - 1) = -Unsafe.Add(ref level, count - 1);
        }

        return greater1Ctx;
    }

    /// <summary>coeff_abs_level_remaining of the levels whose flags leave the size open (9.3.3.11).</summary>
    private static void ReadRemainders(ref ArithmeticDecoder decoder, byte[] data, int count, uint greater, int firstGreater, ref int level)
    {
        const int MostFlags = 8;
        const int MostRice = 4;
        ArithmeticDecoder cabac = decoder;
        int rice = 0;
        for (int k = 0; k < count; k++)
        {
            int value;
            if (k < MostFlags)
            {
                // Open: 3 where greater2 was read, 2 elsewhere.
                value = Unsafe.Add(ref level, k);
                if (value != (k == firstGreater ? 3 : 2))
                {
                    continue;
                }
            }
            else
            {
                value = 1;
            }

            uint bins = cabac.PeekBypass(data);
            int prefix = BitOperations.LeadingZeroCount(~(bins << 16));
            int suffix = prefix <= 3 ? rice : prefix - 3 + rice;
            int length = prefix + 1 + suffix;
            if (length <= 16)
            {
                bins >>= 16 - length;
                cabac.SkipBypass(bins, length);
                int start = prefix <= 3 ? prefix : (1 << (prefix - 3)) + 2;
                value += (start << rice) + (int)(bins & ((1u << suffix) - 1));
            }
            else
            {
                decoder = cabac;
                value += ReadLongRemainder(ref decoder, data, rice);
                cabac = decoder;
            }

            Unsafe.Add(ref level, k) = value;
            rice = value > 3 << rice ? Math.Min(rice + 1, MostRice) : rice;
        }

        decoder = cabac;
    }

    /// <summary>A remainder of more than 16 bins.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadLongRemainder(ref ArithmeticDecoder cabac, byte[] data, int rice)
    {
        // Valid levels have at most 18.
        const int MostPrefix = 20;
        int prefix = 0;
        while (prefix < MostPrefix && cabac.DecodeBypass(data, 1) != 0)
        {
            prefix++;
        }

        int suffix = prefix - 3 + rice;
        uint value = 0;
        for (int rest = suffix; rest > 0; rest -= 16)
        {
            int bits = Math.Min(rest, 16);
            value = (value << bits) | cabac.DecodeBypass(data, bits);
        }

        return (((1 << (prefix - 3)) + 2) << rice) + (int)value;
    }

    /// <summary>Scales the levels of a sub-block and puts them where they belong, from the index of its first coefficient on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(in ResidualBlock block, uint significant, ref byte scan, Span<int> levels, int start)
    {
        ref short coefficients = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Coefficients), start);
        ref int level = ref MemoryMarshal.GetReference(levels);
        Quantization quantization = block.Quantization;
        int stride = block.Log2Size;
        for (int k = 0; significant != 0; k++)
        {
            int n = 31 - BitOperations.LeadingZeroCount(significant);
            significant ^= 1u << n;
            int position = Unsafe.Add(ref scan, n);
            int index = ((position >> 2) << stride) + (position & 3);
            int value = Unsafe.Add(ref level, k);
            Unsafe.Add(ref coefficients, index) = block.IsLossless ? (short)value : quantization.Scaled(value, start + index);
        }
    }
}
