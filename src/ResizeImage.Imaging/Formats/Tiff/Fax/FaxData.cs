namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// Fax coding (TIFF 6.0, sections 10 and 11; ITU-T T.4 and T.6): runs of white and black, alternately, or in two dimensions by the changes of
/// the row above. Rows are bits, 1 for black.
/// </summary>
internal sealed class FaxData : TiffDataDecoder
{
    private const int EndOfLineBits = 12;
    private const int EndOfLine = 1;

    // Modes; those of vertical mode are the distance of a1 from b1.
    private const int Pass = 100;
    private const int Horizontal = 101;
    private const int InvalidMode = 102;

    private readonly TiffBitReader _bits;
    private readonly TiffCompression _compression;
    private readonly bool _isTwoDimensional;
    private readonly int _columns;
    private FaxLine _current;
    private FaxLine _reference;
    private bool _ended;
    private bool _isDamaged;

    /// <param name="data">The segments.</param>
    /// <param name="compression">A CCITT compression.</param>
    /// <param name="columns">Pixels of a row.</param>
    /// <param name="isTwoDimensional">Group 3 with rows in two dimensions (T4Options).</param>
    public FaxData(TiffSegmentData data, TiffCompression compression, int columns, bool isTwoDimensional)
    {
        _bits = new(data);
        _compression = compression;
        _columns = columns;
        _isTwoDimensional = isTwoDimensional;
        _current = new(columns);
        _reference = new(columns);
    }

    public override bool IsDamaged => _isDamaged;

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(long columns) => 2 * FaxLine.EstimateMemory(columns);

    public override void Start(TiffSegment segment, long bytes)
    {
        _bits.Start(segment);
        _current.Clear();
        _ended = false;
    }

    public override bool TryReadRow(Span<byte> row)
    {
        if (_ended)
        {
            return false;
        }

        (_reference, _current) = (_current, _reference);
        _current.Begin();
        bool isComplete = _compression switch
        {
            TiffCompression.CcittGroup3 => TryReadGroup3(),
            TiffCompression.CcittGroup4 => TryReadTwoDimensional(),
            TiffCompression.CcittHuffman => TryReadPadded(8),
            _ => TryReadPadded(16),
        };
        _current.End();
        if (!isComplete)
        {
            _ended = true;
            return false;
        }

        _current.WriteTo(row);
        return true;
    }

    private bool TryReadPadded(int bits)
    {
        bool isComplete = TryReadRuns();
        _bits.Align(bits);
        return isComplete;
    }

    /// <summary>T.4, 4.1.2 and 4.2: end of line, a tag bit if rows are in two dimensions, and the row.</summary>
    private bool TryReadGroup3()
    {
        bool isOneDimensional = true;
        if (SkipEndOfLine())
        {
            isOneDimensional = !_isTwoDimensional || _bits.Take(1) == 1;
            if (_bits.Peek(EndOfLineBits) == EndOfLine)
            {
                // Two of them: return to control (4.1.4).
                return false;
            }
        }

        if (_bits.IsAtEnd)
        {
            return false;
        }

        bool isComplete = isOneDimensional ? TryReadRuns() : TryReadTwoDimensional();
        if (isComplete)
        {
            return true;
        }

        // A corrupt row costs only itself, because the next one begins with an end of line.
        _isDamaged = true;
        _current.DropOpenRun();
        while (_bits.Peek(EndOfLineBits) != EndOfLine)
        {
            if (_bits.IsAtEnd)
            {
                return false;
            }

            _bits.Skip(1);
        }

        return true;
    }

    /// <summary>Eleven zeros or more, which include fill bits, and a one.</summary>
    private bool SkipEndOfLine()
    {
        if (_bits.Peek(EndOfLineBits - 1) != 0)
        {
            return false;
        }

        while (_bits.Peek(1) == 0 && !_bits.IsAtEnd)
        {
            _bits.Skip(1);
        }

        _bits.Take(1);
        return true;
    }

    /// <summary>T.4, 4.1: one dimension.</summary>
    private bool TryReadRuns()
    {
        int column = 0;
        for (bool isWhite = true; column < _columns; isWhite = !isWhite)
        {
            int run = (isWhite ? FaxCodeTable.White : FaxCodeTable.Black).ReadRun(_bits, _columns - column);
            if (run == FaxCodeTable.Invalid || _current.IsFull)
            {
                return false;
            }

            column += run;
            _current.Add(column);
        }

        return true;
    }

    /// <summary>T.4, 4.2.1.3, and T.6, 2.2: two dimensions.</summary>
    private bool TryReadTwoDimensional()
    {
        int a0 = -1;
        int color = 0;
        int b1 = 0;
        while (a0 < _columns)
        {
            while (_reference[b1] <= a0 && _reference[b1] < _columns)
            {
                b1 += 2;
            }

            int mode = ReadMode();
            if (_bits.Overrun || _current.IsFull)
            {
                return false;
            }

            if (mode == Pass)
            {
                a0 = _reference[b1 + 1];
            }
            else if (mode == Horizontal)
            {
                if (!TryReadHorizontal(ref a0, color))
                {
                    return false;
                }
            }
            else
            {
                int a1 = _reference[b1] + mode;
                if (mode == InvalidMode || a1 < Math.Max(a0, 0))
                {
                    return false;
                }

                _current.Add(a1);
                a0 = a1;
                color ^= 1;

                // The next b1 is of the other color, and may be the change before this one.
                b1 += b1 > 0 ? -1 : 1;
            }
        }

        return true;
    }

    private bool TryReadHorizontal(ref int a0, int color)
    {
        int column = Math.Max(a0, 0);
        for (int i = 0; i < 2; i++)
        {
            int run = (color == i ? FaxCodeTable.White : FaxCodeTable.Black).ReadRun(_bits, _columns - column);
            if (run == FaxCodeTable.Invalid || _current.IsFull)
            {
                return false;
            }

            column += run;
            _current.Add(column);
        }

        a0 = column;
        return true;
    }

    /// <summary>T.4, table 4: the codes of modes.</summary>
    private int ReadMode()
    {
        (int mode, int bits) = _bits.Peek(7) switch
        {
            >= 0b1000000 => (0, 1),
            >= 0b0110000 => (1, 3),
            >= 0b0100000 => (-1, 3),
            >= 0b0010000 => (Horizontal, 3),
            >= 0b0001000 => (Pass, 4),
            >= 0b0000110 => (2, 6),
            >= 0b0000100 => (-2, 6),
            0b0000011 => (3, 7),
            0b0000010 => (-3, 7),
            _ => (InvalidMode, 0),
        };
        _bits.Skip(bits);
        return mode;
    }
}
