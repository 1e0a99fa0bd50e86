namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The prefix codes of an image (RFC 9649, 3.7.2): one group for all of it, or one for each of its blocks.</summary>
internal sealed class PrefixCodes
{
    /// <summary>The color cache has at most 2 to this power entries.</summary>
    public const int MaxCacheBits = 11;

    /// <summary>
    /// Limit for all tables of an image in bytes. A small file can ask for two hundred times its size; libwebp writes at most 2600 groups of
    /// about 3 kB each.
    /// </summary>
    public const int MaxMemory = 12 << 20;

    private const int DistanceSymbols = 40;

    // Units of work for five codes of the largest alphabets.
    private const int WorkOfGroup = 7000;

    // Bytes of a group without its codes.
    private const int GroupMemory = 120;

    private readonly PrefixCodeGroup[] _groups;

    // The group of each block; empty if there is one for all.
    private readonly uint[] _groupOfBlock;
    private readonly int _blockBits;
    private readonly int _blocksAcross;

    private PrefixCodes(int cacheBits, PrefixCodeGroup[] groups, BlockImage? blocks)
    {
        CacheBits = cacheBits;
        _groups = groups;
        _groupOfBlock = blocks?.Values ?? [];
        _blockBits = blocks?.Bits ?? 0;
        _blocksAcross = blocks?.Across ?? 0;
    }

    /// <summary>The color cache has 2 to this power entries; 0 if there is none.</summary>
    public int CacheBits { get; }

    /// <summary>Reads the color cache's size and the codes.</summary>
    /// <param name="bits">Positioned at the color cache's size.</param>
    /// <param name="width">Width of the coded image.</param>
    /// <param name="height">Height of the coded image.</param>
    /// <param name="isMain">Blocks may have different codes.</param>
    /// <param name="work">Counts the codes.</param>
    /// <returns>Null if the codes are invalid or truncated.</returns>
    /// <exception cref="ImageLimitException">The tables exceed <see cref="MaxMemory"/>.</exception>
    public static PrefixCodes? TryRead(ref LosslessBitReader bits, int width, int height, bool isMain, WorkMeter work)
    {
        int cacheBits = 0;
        if (bits.Read(1) != 0)
        {
            cacheBits = (int)bits.Read(4);
            if (cacheBits is 0 or > MaxCacheBits)
            {
                return null;
            }
        }

        BlockImage? blocks = null;
        if (isMain && bits.Read(1) != 0)
        {
            blocks = BlockImage.TryRead(ref bits, width, height, work, argb => (argb >> 8) & 0xFFFF);
            if (blocks is null)
            {
                return null;
            }
        }

        return TryReadGroups(ref bits, cacheBits, blocks, work) is { } groups ? new(cacheBits, groups, blocks) : null;
    }

    /// <summary>The most bytes that the codes of a file of a size allocate.</summary>
    public static long EstimateMemory(int dataLength) => Math.Min(MaxMemory, 200L * dataLength);

    /// <summary>The group of a pixel, and the column where the next block begins.</summary>
    public PrefixCodeGroup GroupAt(int x, int y, out int end)
    {
        if (_groupOfBlock.Length == 0)
        {
            end = int.MaxValue;
            return _groups[0];
        }

        int column = x >> _blockBits;
        end = (column + 1) << _blockBits;
        return _groups[_groupOfBlock[((y >> _blockBits) * _blocksAcross) + column]];
    }

    /// <summary>Reads groups up to the highest number in use; groups that no block uses are skipped.</summary>
    private static PrefixCodeGroup[]? TryReadGroups(ref LosslessBitReader bits, int cacheBits, BlockImage? blocks, WorkMeter work)
    {
        int[] uses = blocks?.CountUses() ?? [1];
        var groups = new List<PrefixCodeGroup>();
        uint[] places = new uint[uses.Length];
        byte[] lengths = new byte[PrefixCodeGroup.Literals + PrefixCodeGroup.Lengths + (cacheBits > 0 ? 1 << cacheBits : 0)];
        var codes = new PrefixCode[PrefixCodeGroup.Codes];
        long memory = 0;
        for (int i = 0; i < uses.Length; i++)
        {
            work.Spend(WorkOfGroup);
            if (!TryReadGroup(ref bits, lengths, codes))
            {
                return null;
            }

            if (uses[i] == 0)
            {
                continue;
            }

            memory += GroupMemory + codes.Sum(code => code.MemoryBytes);
            if (memory > MaxMemory)
            {
                throw WebPErrors.TooManyCodes(uses.Length, MaxMemory);
            }

            places[i] = (uint)groups.Count;
            groups.Add(new PrefixCodeGroup(codes));
        }

        blocks?.Replace(places);
        return [.. groups];
    }

    private static bool TryReadGroup(ref LosslessBitReader bits, byte[] lengths, PrefixCode[] codes)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            int symbols = i == 0 ? lengths.Length : i == codes.Length - 1 ? DistanceSymbols : PrefixCodeGroup.Literals;
            if (PrefixCodeReader.TryRead(ref bits, lengths, symbols) is not PrefixCode code)
            {
                return false;
            }

            codes[i] = code;
        }

        return !bits.IsExhausted;
    }
}
