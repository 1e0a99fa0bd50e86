namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The bits of an AC coefficient after a run of zeros: its code, its additional bits, and those of ZRL (T.81 F.1.2.2).</summary>
internal sealed class AcBits
{
    /// <summary>The symbol of sixteen zeros.</summary>
    public const int Zrl = 0xF0;

    /// <summary>The symbol after which all coefficients are zero.</summary>
    public const int EndOfBlockSymbol = 0;

    private const int Sizes = 16;
    private const int Runs = 64;

    /// <summary>The bits assumed of a symbol that plain quantization does not use.</summary>
    private const int UnusedLength = 16;

    private readonly float[] _table = new float[Sizes * Runs];
    private readonly float[] _most = new float[Sizes];
    private readonly float _zrl;

    /// <param name="code">The Huffman code of AC coefficients.</param>
    public AcBits(HuffmanEncoder code)
    {
        _zrl = Length(code, Zrl);
        EndOfBlock = Length(code, EndOfBlockSymbol);
        _table.AsSpan(0, Runs).Fill(float.PositiveInfinity); // no code has the size 0
        float shorter = 0;
        for (int size = 1; size < Sizes; size++)
        {
            float longest = 0;
            float shortest = float.PositiveInfinity;
            for (int run = 0; run < 16; run++)
            {
                float bits = Length(code, (run << 4) | size) + size;
                for (int r = run; r < Runs; r += 16)
                {
                    _table[Index(size, r)] = bits + ((r >> 4) * _zrl);
                }

                shorter = Math.Max(shorter, longest - bits);
                longest = Math.Max(longest, bits);
                shortest = Math.Min(shortest, bits);
            }

            shorter = Math.Max(shorter, longest - shortest - _zrl);
            _most[size] = longest;
        }

        foreach (ref float most in _most.AsSpan())
        {
            most += shorter;
        }
    }

    /// <summary>The bits of the end of a block.</summary>
    public float EndOfBlock { get; }

    /// <summary>The bits by <see cref="Index"/>; infinite for the size 0.</summary>
    public UncheckedSpan<float> Table => new(_table);

    /// <summary>Index of a coefficient's bits.</summary>
    /// <param name="size">Bits of its magnitude, 0 to 15.</param>
    /// <param name="run">The zeros before it, 0 to 63.</param>
    public static int Index(int size, int run) => (size * Runs) + run;

    /// <summary>
    /// The most bits that a block saves if a coefficient becomes zero: the longest code of the size, and as much as any next code gets shorter
    /// when it takes over the run. A run of 16 or more may also lose each ZRL.
    /// </summary>
    /// <param name="size">Bits of its magnitude.</param>
    /// <param name="run">The most zeros that may be before it.</param>
    public float Most(int size, int run) => _most[size] + ((run >> 4) * _zrl);

    private static int Length(HuffmanEncoder code, int symbol) => code.Length(symbol) is > 0 and int length ? length : UnusedLength;
}
