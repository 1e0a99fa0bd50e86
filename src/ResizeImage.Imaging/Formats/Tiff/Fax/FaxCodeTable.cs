using System.Globalization;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Decodes a run length by looking up the next bits.</summary>
internal sealed class FaxCodeTable
{
    /// <summary>Bits of the longest code.</summary>
    public const int Bits = 13;

    /// <summary>A code that does not exist.</summary>
    public const int Invalid = -1;

    /// <summary>White runs.</summary>
    public static readonly FaxCodeTable White = new(FaxCodes.WhiteTerminating, FaxCodes.WhiteMakeUp);

    /// <summary>Black runs.</summary>
    public static readonly FaxCodeTable Black = new(FaxCodes.BlackTerminating, FaxCodes.BlackMakeUp);

    // For each 13 bits: the run's length in the upper twelve bits, the code's length in the lower four; 0 if there is no such code.
    private readonly ushort[] _entries = new ushort[1 << Bits];

    private FaxCodeTable(string[] terminating, string[] makeUp)
    {
        for (int run = 0; run < terminating.Length; run++)
        {
            Add(terminating[run], run);
        }

        for (int i = 0; i < makeUp.Length + FaxCodes.LongMakeUp.Length; i++)
        {
            Add(i < makeUp.Length ? makeUp[i] : FaxCodes.LongMakeUp[i - makeUp.Length], FaxCodes.FirstMakeUp * (i + 1));
        }
    }

    /// <summary>Reads the codes of one run.</summary>
    /// <param name="bits">Positioned at the first of them.</param>
    /// <param name="most">The longest run that makes sense.</param>
    /// <returns>Pixels; <see cref="Invalid"/> if the bits are no code, which then were not taken.</returns>
    public int ReadRun(TiffBitReader bits, int most)
    {
        long run = 0;
        while (true)
        {
            int entry = _entries[bits.Peek(Bits)];
            if (entry == 0)
            {
                return Invalid;
            }

            bits.Skip(entry & 15);
            int length = entry >> 4;
            run += length;
            if (bits.Overrun)
            {
                return Invalid;
            }

            if (length < FaxCodes.FirstMakeUp)
            {
                return (int)Math.Min(run, most);
            }
        }
    }

    private void Add(string code, int run)
    {
        int rest = Bits - code.Length;
        int first = int.Parse(code, NumberStyles.BinaryNumber, CultureInfo.InvariantCulture) << rest;
        _entries.AsSpan(first, 1 << rest).Fill((ushort)((run << 4) | code.Length));
    }
}
