namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Writes the codes of H.265 9.2.</summary>
internal sealed class HevcBits
{
    private readonly List<bool> _bits = [];

    /// <summary>u(n).</summary>
    public HevcBits Write(uint value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            _bits.Add(((value >> i) & 1) != 0);
        }

        return this;
    }

    /// <summary>ue(v), one after the other.</summary>
    public HevcBits Unsigned(params int[] values)
    {
        foreach (int value in values)
        {
            int length = (int)Math.Log2(value + 1);
            Write((uint)(value + 1), (2 * length) + 1);
        }

        return this;
    }

    /// <summary>se(v), one after the other.</summary>
    public HevcBits Signed(params int[] values)
    {
        foreach (int value in values)
        {
            Unsigned(value > 0 ? (2 * value) - 1 : -2 * value);
        }

        return this;
    }

    /// <summary>The bits written so far; the last byte ends with zeros.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[(_bits.Count + 7) / 8];
        for (int i = 0; i < _bits.Count; i++)
        {
            bytes[i / 8] |= (byte)(_bits[i] ? 0x80 >> (i % 8) : 0);
        }

        return bytes;
    }
}
