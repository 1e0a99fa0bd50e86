namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>The header of a block with dynamic Huffman codes: the code lengths, run-length coded and then Huffman coded (RFC 1951, 3.2.7).</summary>
internal sealed class DeflateCodeLengths
{
    /// <summary>Symbols of the code length alphabet.</summary>
    public const int Count = 19;

    private const int MinLiterals = 257;
    private const int MinDistances = 1;
    private const int MinLengths = 4;
    private const int MaxCodeBits = 7;

    private const int RepeatPrevious = 16;
    private const int RepeatZero = 17;
    private const int RepeatZeroLong = 18;

    private readonly int _literals;
    private readonly int _distances;
    private readonly int _lengths;
    private readonly List<(byte Symbol, byte Extra)> _symbols = [];
    private readonly DeflateHuffmanCode _code;

    public DeflateCodeLengths(ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances)
    {
        _literals = Math.Max(MinLiterals, literals.LastIndexOfAnyExcept((byte)0) + 1);
        _distances = Math.Max(MinDistances, distances.LastIndexOfAnyExcept((byte)0) + 1);
        RunLengths([.. literals[.._literals], .. distances[.._distances]]);

        int[] frequencies = new int[Count];
        foreach ((byte symbol, _) in _symbols)
        {
            frequencies[symbol]++;
            Bits += ExtraBits(symbol);
        }

        _code = DeflateHuffmanCode.For(frequencies, MaxCodeBits);
        for (_lengths = Count; _lengths > MinLengths && _code.Lengths[Order[_lengths - 1]] == 0; _lengths--)
        {
        }

        Bits += 5 + 5 + 4 + (3 * _lengths) + _code.Bits(frequencies);
    }

    /// <summary>Bits that <see cref="Write"/> writes.</summary>
    public long Bits { get; }

    /// <summary>The order in which the lengths of the code length code are stored.</summary>
    public static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    public void Write(DeflateBitWriter bits)
    {
        bits.Write((uint)(_literals - MinLiterals), 5);
        bits.Write((uint)(_distances - MinDistances), 5);
        bits.Write((uint)(_lengths - MinLengths), 4);
        for (int i = 0; i < _lengths; i++)
        {
            bits.Write(_code.Lengths[Order[i]], 3);
        }

        foreach ((byte symbol, byte extra) in _symbols)
        {
            _code.Write(bits, symbol);
            bits.Write(extra, ExtraBits(symbol));
        }
    }

    private static int ExtraBits(int symbol) => symbol switch
    {
        RepeatPrevious => 2,
        RepeatZero => 3,
        RepeatZeroLong => 7,
        _ => 0,
    };

    private void RunLengths(ReadOnlySpan<byte> lengths)
    {
        while (!lengths.IsEmpty)
        {
            byte value = lengths[0];
            int run = lengths.IndexOfAnyExcept(value);
            run = run < 0 ? lengths.Length : run;
            lengths = lengths[run..];
            if (value == 0)
            {
                AddZeros(run);
            }
            else
            {
                AddRun(value, run);
            }
        }
    }

    private void AddZeros(int run)
    {
        for (; run >= 11; run -= Math.Min(run, 138))
        {
            _symbols.Add((RepeatZeroLong, (byte)(Math.Min(run, 138) - 11)));
        }

        if (run >= 3)
        {
            _symbols.Add((RepeatZero, (byte)(run - 3)));
            run = 0;
        }

        AddSingly(0, run);
    }

    private void AddRun(byte value, int run)
    {
        AddSingly(value, 1);
        run--;
        for (; run >= 3; run -= Math.Min(run, 6))
        {
            _symbols.Add((RepeatPrevious, (byte)(Math.Min(run, 6) - 3)));
        }

        AddSingly(value, run);
    }

    private void AddSingly(byte value, int times)
    {
        for (; times > 0; times--)
        {
            _symbols.Add((value, 0));
        }
    }
}
