namespace ResizeImage.Worst;

/// <summary>Writes bools of known probability (RFC 6386, 7.3).</summary>
internal sealed class BoolEncoder
{
    private readonly List<byte> _bytes = [];
    private uint _range = 255;
    private uint _bottom;
    private int _bitCount = 24;

    /// <summary>Writes a bool; <paramref name="probability"/> is that of false, in 256ths.</summary>
    public void Write(bool value, int probability = 128)
    {
        uint split = 1 + (((_range - 1) * (uint)probability) >> 8);
        if (value)
        {
            _bottom += split;
            _range -= split;
        }
        else
        {
            _range = split;
        }

        while (_range < 128)
        {
            _range <<= 1;
            if ((_bottom & (1u << 31)) != 0)
            {
                Carry();
            }

            _bottom <<= 1;
            if (--_bitCount == 0)
            {
                _bytes.Add((byte)(_bottom >> 24));
                _bottom &= (1 << 24) - 1;
                _bitCount = 8;
            }
        }
    }

    /// <summary>Writes a number, highest bit first.</summary>
    public void WriteNumber(int value, int bits)
    {
        for (int i = bits - 1; i >= 0; i--)
        {
            Write(((value >> i) & 1) != 0);
        }
    }

    /// <summary>All bytes, including those that a carry could still change.</summary>
    public byte[] ToArray()
    {
        WriteNumber(0, 32);
        return [.. _bytes];
    }

    private void Carry()
    {
        int i = _bytes.Count - 1;
        for (; i >= 0 && _bytes[i] == 255; i--)
        {
            _bytes[i] = 0;
        }

        if (i >= 0)
        {
            _bytes[i]++;
        }
    }
}
