using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Worst;

/// <summary>The coefficients of all blocks of a lossy image.</summary>
internal enum LossyCoefficients
{
    /// <summary>Blocks end at once.</summary>
    None,

    /// <summary>Sixteen zeros, one after another.</summary>
    Zero,

    /// <summary>Sixteen coefficients of ±1, with a bit each for the sign.</summary>
    One,
}

/// <summary>A lossy image (VP8, RFC 6386), with probabilities at which everything except signs has hardly any bits.</summary>
internal static class LossyWebP
{
    private const int MacroblockSize = 16;
    private const int Blocks = 24;

    /// <summary>Limits the height, because the first partition has at most 2¹⁹ bytes, and here four bits per macroblock.</summary>
    public static int HeightOf(int side) => Math.Min(side, 15_800);

    /// <summary>The data of a "VP8 " chunk, with 2 to the power of <paramref name="partitionBits"/> partitions.</summary>
    public static byte[] ToData(int side, int partitionBits, LossyCoefficients coefficients)
    {
        int height = HeightOf(side);
        int across = (side + MacroblockSize - 1) / MacroblockSize;
        int down = (height + MacroblockSize - 1) / MacroblockSize;
        int partitions = 1 << partitionBits;
        byte[] first = FirstPartition(partitionBits, coefficients, across * down);
        byte[] tokens = Tokens(coefficients, (long)across * ((down + partitions - 1) / partitions));
        int tag = (1 << 4) | (first.Length << 5);
        using MemoryStream data = new();
        data.Write([(byte)tag, (byte)(tag >> 8), (byte)(tag >> 16), 0x9D, 1, 0x2A, (byte)side, (byte)(side >> 8), (byte)height, (byte)(height >> 8)]);
        data.Write(first);
        for (int i = 0; i < partitions - 1; i++)
        {
            data.Write([(byte)tokens.Length, (byte)(tokens.Length >> 8), (byte)(tokens.Length >> 16)]);
        }

        for (int i = 0; i < partitions; i++)
        {
            data.Write(tokens);
        }

        return data.ToArray();
    }

    private static byte[] FirstPartition(int partitionBits, LossyCoefficients coefficients, int macroblocks)
    {
        BoolEncoder modes = new();
        modes.WriteNumber(0, 2);
        modes.Write(false); // segmentation
        modes.Write(false); // the normal loop filter
        modes.WriteNumber(63, 6);
        modes.WriteNumber(0, 3);
        modes.Write(false);
        modes.WriteNumber(partitionBits, 2);
        modes.WriteNumber(0, 7);
        modes.WriteNumber(0, 5);
        modes.Write(false);
        int branch = 0;
        foreach (byte keep in CoefficientProbabilities.KeepProbabilities)
        {
            // Branch 0: not the end. Branch 1: not zero. Branch 2: more than one.
            bool isLikely = (branch++ % 11) switch
            {
                0 => coefficients != LossyCoefficients.None,
                1 => coefficients == LossyCoefficients.One,
                _ => false,
            };
            modes.Write(true, keep);
            modes.WriteNumber(isLikely ? 1 : 255, 8);
        }

        modes.Write(false); // all macroblocks have coefficients
        for (int i = 0; i < macroblocks; i++)
        {
            // Luma prediction by subblocks; all of them and chroma use DC prediction. The probabilities are those of RFC 6386, 11.2 to 11.5.
            modes.Write(false, 145);
            for (int block = 0; block < MacroblockSize; block++)
            {
                modes.Write(false, 231);
            }

            modes.Write(false, 142);
        }

        return modes.ToArray();
    }

    private static byte[] Tokens(LossyCoefficients coefficients, long macroblocks)
    {
        BoolEncoder tokens = new();
        for (long block = Blocks * macroblocks; block > 0; block--)
        {
            switch (coefficients)
            {
                case LossyCoefficients.None:
                    tokens.Write(false, 255);
                    break;
                case LossyCoefficients.Zero:
                    tokens.Write(true, 1);
                    for (int i = 0; i < 16; i++)
                    {
                        tokens.Write(false, 255);
                    }

                    break;
                default:
                    for (int i = 0; i < 16; i++)
                    {
                        tokens.Write(true, 1);
                        tokens.Write(true, 1);
                        tokens.Write(false, 255);
                        tokens.Write((i & 1) != 0);
                    }

                    break;
            }
        }

        return tokens.ToArray();
    }
}
