using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Writes bits, most significant first, with byte stuffing (T.81 B.1.1.5).</summary>
internal sealed class EntropyWriter(List<byte> output)
{
    private readonly List<byte> _output = output;
    private ulong _bits;
    private int _count;

    /// <summary>Writes the lowest <paramref name="length"/> bits, 0 to 32, of <paramref name="bits"/>; its other bits must be 0.</summary>
    public void Write(int bits, int length)
    {
        _bits = (_bits << length) | (uint)bits;
        _count += length;
        if (_count >= 32)
        {
            _count -= 32;
            WriteFour((uint)(_bits >> _count));
        }
    }

    /// <summary>Pads the last byte with ones and writes the remaining bytes.</summary>
    public void Flush()
    {
        int missing = -_count & 7;
        Write((1 << missing) - 1, missing);
        while (_count > 0)
        {
            _count -= 8;
            WriteByte((byte)(_bits >> _count));
        }
    }

    private void WriteFour(uint bits)
    {
        // Fast path: usually none of the four bytes is 0xFF, that is, no byte of the complement is 0.
        uint complement = ~bits;
        bool stuffing = ((complement - 0x01010101) & ~complement & 0x80808080) != 0;
        if (!stuffing)
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(four, bits);
            _output.AddRange(four);
            return;
        }

        for (int shift = 24; shift >= 0; shift -= 8)
        {
            WriteByte((byte)(bits >> shift));
        }
    }

    private void WriteByte(byte value)
    {
        _output.Add(value);
        if (value == 0xFF)
        {
            _output.Add(0);
        }
    }
}
