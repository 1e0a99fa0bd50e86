namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>Rows of samples in decimal text. All rows above one must be read to find it.</summary>
/// <param name="file">The whole file.</param>
/// <param name="header">The file's header.</param>
internal sealed class PnmPlainRows(ByteSource file, PnmHeader header) : PnmRows
{
    private readonly PnmScanner _scanner = new(file, header.PixelOffset);
    private readonly byte[] _row = new byte[header.SampleRowBytes];
    private bool _ended;
    private int _count;

    public override int Count => _count;

    public override ReadOnlySpan<byte> Read(int y)
    {
        while (!_ended && _count <= y)
        {
            file.Work.Check();
            _ended = !ReadRow();
            _count += _ended ? 0 : 1;
        }

        return _ended ? default : _row;
    }

    private bool ReadRow()
    {
        int step = header.SampleBytes;
        for (int i = 0; i < _row.Length; i += step)
        {
            if ((header.IsBitmap ? _scanner.ReadBit() : _scanner.ReadNumber(ushort.MaxValue)) is not { } sample)
            {
                return false;
            }

            // A sample above the maximum shows as the maximum, also where it does not fit into a byte.
            sample = Math.Min(sample, header.MaxValue);
            if (step == 2)
            {
                _row[i] = (byte)(sample >> 8);
            }

            _row[i + step - 1] = (byte)sample;
        }

        return true;
    }
}
