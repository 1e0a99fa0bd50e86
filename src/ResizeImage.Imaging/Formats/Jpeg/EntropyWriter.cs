namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Writes bits, most significant first, with byte stuffing (T.81 B.1.1.5).</summary>
internal sealed class EntropyWriter(List<byte> output)
{
    private readonly List<byte> _output = output;
    private ulong _bits;
    private int _count;

    /// <summary>Writes the lowest <paramref name="length"/> bits of <paramref name="bits"/>, 0 to 32; the others are 0.</summary>
    public void Write(int bits, int length)
    {
        _bits = (_bits << length) | (uint)bits;
        _count += length;
        while (_count >= 8)
        {
            _count -= 8;
            byte b = (byte)(_bits >> _count);
            _output.Add(b);
            if (b == 0xFF)
            {
                _output.Add(0);
            }
        }
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            Write((1 << (8 - _count)) - 1, 8 - _count);
        }
    }
}
