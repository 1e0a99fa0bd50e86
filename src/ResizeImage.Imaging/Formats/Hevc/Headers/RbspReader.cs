namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>Reads syntax elements of a raw byte sequence payload (H.265 7.2 and 9.2). After its end, all bits are zero.</summary>
/// <param name="rbsp">Without emulation prevention bytes.</param>
internal ref struct RbspReader(ReadOnlySpan<byte> rbsp)
{
    private readonly ReadOnlySpan<byte> _rbsp = rbsp;
    private long _bit;

    /// <summary>More bits were read than there are.</summary>
    public readonly bool IsPastEnd => _bit > 8L * _rbsp.Length;

    /// <summary>Whole bytes read, a started one included.</summary>
    public readonly int BytePosition => (int)Math.Min((_bit + 7) / 8, _rbsp.Length);

    /// <summary>u(1).</summary>
    public bool Flag() => Bits(1) != 0;

    /// <summary>u(n), for n up to 32.</summary>
    public uint Bits(int count)
    {
        ulong bits = 0;
        int first = (int)Math.Min(_bit >> 3, _rbsp.Length);
        for (int i = first; i < first + 5; i++)
        {
            bits = (bits << 8) | (i < _rbsp.Length ? _rbsp[i] : 0u);
        }

        bits = (bits >> (40 - (int)(_bit & 7) - count)) & ((1ul << count) - 1);
        _bit += count;
        return (uint)bits;
    }

    /// <summary>Passes over bits.</summary>
    public void Skip(int count) => _bit += count;

    /// <summary>ue(v): an Exp-Golomb code (9.2).</summary>
    /// <exception cref="InvalidImageException">The code is longer than 32 bits can hold, or the data ends.</exception>
    public uint Unsigned()
    {
        int zeros = 0;
        while (!Flag())
        {
            if (++zeros == 32 || IsPastEnd)
            {
                throw HevcErrors.Corrupt("a parameter set or slice header ends early or has an invalid code");
            }
        }

        return (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>ue(v) with the greatest value that the standard allows.</summary>
    /// <param name="most">The greatest value.</param>
    /// <param name="name">The syntax element.</param>
    /// <exception cref="InvalidImageException">The value is greater.</exception>
    public int Unsigned(int most, string name)
    {
        uint value = Unsigned();
        return value <= (uint)most ? (int)value : throw HevcErrors.Corrupt($"{name} is {value}, and at most {most} is allowed");
    }

    /// <summary>se(v) within a range (9.2.2).</summary>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    /// <param name="name">The syntax element.</param>
    /// <exception cref="InvalidImageException">The value is out of range.</exception>
    public int Signed(int least, int most, string name)
    {
        uint code = Unsigned();
        long value = (code & 1) != 0 ? (code + 1L) / 2 : -(code / 2L);
        return value >= least && value <= most ? (int)value : throw HevcErrors.Corrupt($"{name} is {value}, and {least} to {most} is allowed");
    }
}
