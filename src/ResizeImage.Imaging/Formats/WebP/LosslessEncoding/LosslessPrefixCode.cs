using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A prefix code in the encoder: the best one for the frequencies of an alphabet's symbols (RFC 9649, 3.7.2.1).</summary>
internal sealed class LosslessPrefixCode
{
    private const int MaxBits = 15;
    private const int MaxLengthBits = 7;
    private const int LengthCodes = 19;
    private const int DefaultLength = 8;
    private const int RepeatLast = 16;
    private const int RepeatZero = 17;
    private const int RepeatZeroLong = 18;
    private const int MaxSimple = 256;

    private readonly DeflateHuffmanCode _code;
    private readonly int[] _used;

    /// <param name="frequencies">How often each symbol occurs; maybe never.</param>
    public LosslessPrefixCode(int[] frequencies)
    {
        _used = [.. Enumerable.Range(0, frequencies.Length).Where(symbol => frequencies[symbol] > 0).Take(3)];
        if (_used.Length == 0)
        {
            _used = [0];
            frequencies = [1, .. frequencies.AsSpan(1)];
        }

        _code = DeflateHuffmanCode.For(frequencies, MaxBits);
    }

    /// <summary>The order of code length codes.</summary>
    private static ReadOnlySpan<byte> Order => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Bits of a symbol; those that do not occur count as rare ones.</summary>
    public int Bits(int symbol) => _used.Length == 1 && symbol == _used[0] ? 0 : _code.Lengths[symbol] == 0 ? MaxBits : _code.Lengths[symbol];

    /// <summary>Writes a symbol; nothing if it is the only one.</summary>
    public void Write(DeflateBitWriter output, int symbol)
    {
        if (_used.Length > 1)
        {
            _code.Write(output, symbol);
        }
    }

    /// <summary>Writes the code itself.</summary>
    public void WriteTable(DeflateBitWriter output)
    {
        if (_used.Length <= 2 && _used[^1] < MaxSimple)
        {
            // A simple code: one or two symbols by their numbers, the first of them in one bit if that is enough.
            bool isSmall = _used[0] < 2;
            output.Write(1, 1);
            output.Write((uint)_used.Length - 1, 1);
            output.Write(isSmall ? 0u : 1, 1);
            output.Write((uint)_used[0], isSmall ? 1 : 8);
            output.Write(_used.Length == 2 ? (uint)_used[1] : 0, _used.Length == 2 ? 8 : 0);
            return;
        }

        output.Write(0, 1);
        WriteLengths(output);
    }

    private void WriteLengths(DeflateBitWriter output)
    {
        List<(byte Symbol, byte Extra)> symbols = RunLengths(_code.Lengths);
        int[] frequencies = new int[LengthCodes];
        foreach ((byte symbol, _) in symbols)
        {
            frequencies[symbol]++;
        }

        DeflateHuffmanCode code = DeflateHuffmanCode.For(frequencies, MaxLengthBits);
        int count = LengthCodes;
        while (count > 4 && code.Lengths[Order[count - 1]] == 0)
        {
            count--;
        }

        output.Write((uint)count - 4, 4);
        for (int i = 0; i < count; i++)
        {
            output.Write(code.Lengths[Order[i]], 3);
        }

        // The lengths of the whole alphabet follow. A code with a single symbol needs no bits.
        output.Write(0, 1);
        bool isSingle = Array.FindAll(frequencies, frequency => frequency > 0).Length == 1;
        foreach ((byte symbol, byte extra) in symbols)
        {
            if (!isSingle)
            {
                code.Write(output, symbol);
            }

            output.Write(extra, symbol switch { RepeatLast => 2, RepeatZero => 3, RepeatZeroLong => 7, _ => 0 });
        }
    }

    private static List<(byte Symbol, byte Extra)> RunLengths(ReadOnlySpan<byte> lengths)
    {
        List<(byte Symbol, byte Extra)> symbols = [];
        byte last = DefaultLength;
        while (!lengths.IsEmpty)
        {
            byte value = lengths[0];
            int run = lengths.IndexOfAnyExcept(value);
            run = run < 0 ? lengths.Length : run;
            lengths = lengths[run..];
            if (value != 0 && value != last)
            {
                symbols.Add((value, 0));
                last = value;
                run--;
            }

            while (run > 0)
            {
                int most = value != 0 ? 6 : run > 10 ? 138 : 10;
                int taken = run < 3 ? 1 : Math.Min(run, most);
                symbols.Add(taken < 3 ? (value, (byte)0)
                    : value != 0 ? ((byte)RepeatLast, (byte)(taken - 3))
                    : taken > 10 ? ((byte)RepeatZeroLong, (byte)(taken - 11))
                    : ((byte)RepeatZero, (byte)(taken - 3)));
                run -= taken;
            }
        }

        return symbols;
    }
}
