namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>The codes of the current block.</summary>
internal sealed class InflateBlockCodes
{
    /// <summary>The most that the fields can state. It exceeds the number of symbols; zeros that stand for missing input must not be refused.</summary>
    private const int MaxCodeLengths = 257 + 31 + 1 + 31;

    private readonly InflateCode _lengths = InflateCode.ForLengths();

    /// <summary>The code of literals, the end of the block, and lengths.</summary>
    public InflateCode Literals { get; } = InflateCode.ForLiterals();

    public InflateCode Distances { get; } = InflateCode.ForDistances();

    /// <summary>The fixed codes of RFC 1951, 3.2.6, built once: a block with them can have ten bits, and a build for each took 3 s a megabyte.</summary>
    public static InflateBlockCodes Fixed { get; } = MakeFixed();

    /// <summary>Reads the dynamic codes at the beginning of a block (RFC 1951, 3.2.7).</summary>
    /// <param name="input">Positioned after the block's type.</param>
    /// <exception cref="InvalidDataException">The codes are corrupt.</exception>
    public void Read(InflateInput input)
    {
        int literals = input.Take(5) + 257;
        int distances = input.Take(5) + 1;
        int lengthCodes = input.Take(4) + 4;
        input.Require(literals <= DeflateAlphabet.LiteralCount && distances <= DeflateAlphabet.DistanceCount, "More symbols than there are.");

        Span<byte> codeLengths = stackalloc byte[DeflateCodeLengths.Count];
        codeLengths.Clear();
        for (int i = 0; i < lengthCodes; i++)
        {
            codeLengths[DeflateCodeLengths.Order[i]] = (byte)input.Take(3);
        }

        input.Require(_lengths.TryBuild(codeLengths), "Code lengths that make no code.");
        Span<byte> lengths = stackalloc byte[MaxCodeLengths];
        ReadLengths(input, lengths[..(literals + distances)]);
        input.Require(lengths[DeflateAlphabet.EndOfBlock] != 0, "A block without an end.");
        input.Require(Literals.TryBuild(lengths[..literals]), "Code lengths that make no code.");
        input.Require(Distances.TryBuild(lengths.Slice(literals, distances)), "Code lengths that make no code.");
    }

    private static InflateBlockCodes MakeFixed()
    {
        InflateBlockCodes codes = new();
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        codes.Literals.TryBuild(lengths);
        lengths[..32].Fill(5);
        codes.Distances.TryBuild(lengths[..32]);
        return codes;
    }

    private void ReadLengths(InflateInput input, Span<byte> lengths)
    {
        for (int i = 0; i < lengths.Length;)
        {
            input.Load();
            uint entry = _lengths.Table[(int)(input.Bits & ((1 << InflateBlock.LengthBits) - 1))];
            input.Require((entry & InflateCode.Exceptional) == 0, "Bits that are no code.");
            input.Take((int)(entry & InflateCode.TakenMask));
            int symbol = (int)(entry >> InflateCode.ValueShift);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            input.Require(symbol > 16 || i > 0, "A repetition of a length before the first one.");
            byte repeated = symbol == 16 && i > 0 ? lengths[i - 1] : (byte)0;
            int times = symbol switch
            {
                16 => 3 + input.Take(2),
                17 => 3 + input.Take(3),
                _ => 11 + input.Take(7),
            };
            input.Require(times <= lengths.Length - i, "More code lengths than symbols.");
            times = Math.Min(times, lengths.Length - i);
            lengths.Slice(i, times).Fill(repeated);
            i += times;
        }
    }
}
