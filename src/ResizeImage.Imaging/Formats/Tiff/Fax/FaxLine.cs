namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// A coding line (ITU-T T.4, 4.2.1): the columns at which the color changes, from white to black at even indices and back at odd ones. Equal
/// neighbors are runs of no pixels.
/// </summary>
internal sealed class FaxLine
{
    // Two changes more than there are columns: a white run of no pixels at the start, and at the end a black one, which completes a pair of
    // horizontal mode. The rest is for the end's imaginary changes.
    private const int Spare = 6;

    private readonly int[] _changes;
    private readonly int _columns;
    private int _count;

    public FaxLine(int columns)
    {
        _columns = columns;
        _changes = new int[columns + Spare];
        Clear();
    }

    /// <summary>Bytes of an instance.</summary>
    public static long EstimateMemory(long columns) => sizeof(int) * (columns + Spare);

    /// <summary>No more changes fit; no valid line has so many.</summary>
    public bool IsFull => _count >= _columns + 2;

    /// <summary>Makes the line white.</summary>
    public void Clear()
    {
        _count = 0;
        End();
    }

    /// <summary>Starts the line, which is then written by <see cref="Add"/> and closed by <see cref="End"/>.</summary>
    public void Begin() => _count = 0;

    /// <summary>Adds a change; a column beyond the line is its end. Call only if not <see cref="IsFull"/>.</summary>
    public void Add(int column) => _changes[_count++] = Math.Min(column, _columns);

    /// <summary>Forgets a black run that has no end.</summary>
    public void DropOpenRun() => _count &= ~1;

    /// <summary>Marks the end: imaginary changes after the last column, two for each color.</summary>
    public void End() => _changes.AsSpan(_count, Math.Min(3, _changes.Length - _count)).Fill(_columns);

    /// <summary>A changing element of this line as a reference line.</summary>
    /// <param name="index">At most one more than the first one at the line's end.</param>
    public int this[int index] => _changes[index];

    /// <summary>Writes the line as bits, 1 for black.</summary>
    public void WriteTo(Span<byte> row)
    {
        row.Clear();
        for (int i = 0; i < _count; i += 2)
        {
            Blacken(row, _changes[i], i + 1 < _count ? _changes[i + 1] : _columns);
        }
    }

    private static void Blacken(Span<byte> row, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        int first = start >> 3;
        int last = (end - 1) >> 3;
        int left = 0xFF >> (start & 7);
        int right = 0xFF << (7 - ((end - 1) & 7));
        if (first == last)
        {
            row[first] |= (byte)(left & right);
            return;
        }

        row[first] |= (byte)left;
        row[(first + 1)..last].Fill(0xFF);
        row[last] |= (byte)right;
    }
}
