namespace ResizeImage.Worst;

/// <summary>Writes bits. The first bit is the lowest of a byte (Deflate, GIF, VP8L) or the highest (JPEG).</summary>
internal sealed class BitWriter(bool highestFirst = false)
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _count;

    /// <summary>Writes a number: its bits are in the same order as those of a byte.</summary>
    public void Write(uint value, int bits)
    {
        for (int i = 0; i < bits; i++)
        {
            int bit = (int)(value >> (highestFirst ? bits - 1 - i : i)) & 1;
            _current |= bit << (highestFirst ? 7 - _count : _count);
            if (++_count == 8)
            {
                _bytes.Add((byte)_current);
                (_current, _count) = (0, 0);
            }
        }
    }

    /// <summary>Writes a prefix code, highest bit first in either order.</summary>
    public void WriteCode(uint code, int bits)
    {
        for (int i = bits - 1; i >= 0; i--)
        {
            Write((code >> i) & 1, 1);
        }
    }

    /// <summary>Pads the last byte with zeros.</summary>
    public byte[] ToArray()
    {
        while (_count != 0)
        {
            Write(0, 1);
        }

        return [.. _bytes];
    }
}
