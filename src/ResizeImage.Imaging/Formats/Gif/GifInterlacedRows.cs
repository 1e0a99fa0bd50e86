namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Delivers rows that are stored in four passes (GIF89a, appendix E): decodes all before the first row, and holds the window.</summary>
internal sealed class GifInterlacedRows : GifRows
{
    // First row and row distance of each pass.
    private static readonly (int First, int Step)[] Passes = [(0, 8), (4, 8), (2, 4), (1, 2)];

    private readonly GifFrame _frame;
    private readonly Range _columns;
    private readonly int _top;
    private readonly int _bottom;
    private readonly int _width;
    private readonly byte[] _indices;

    // Rows from here on are not in the file.
    private readonly int _firstBlank;

    /// <param name="file">The whole file.</param>
    /// <param name="frame">Interlaced.</param>
    /// <param name="columns">The columns of the window.</param>
    /// <param name="rows">The rows of the window.</param>
    /// <exception cref="InvalidImageException">Not one whole row can be read.</exception>
    public GifInterlacedRows(ByteSource file, GifFrame frame, Range columns, Range rows)
    {
        _frame = frame;
        _columns = columns;
        _top = FirstHeld(rows);
        _bottom = rows.End.Value;
        _width = columns.End.Value - columns.Start.Value;
        _indices = new byte[BufferBytes(columns, rows)];
        _firstBlank = frame.Height;
        GifPixels pixels = new(file, frame);
        for (int pass = 0; pass < Passes.Length; pass++)
        {
            int there = ReadPass(pixels, Passes[pass]);
            if (there < frame.Height)
            {
                _firstBlank = pass == 0 ? there : frame.Height;
                Salvage(pass, there);
                break;
            }
        }
    }

    /// <summary>Bytes of held pixels.</summary>
    public static long BufferBytes(Range columns, Range rows) =>
        (long)(columns.End.Value - columns.Start.Value) * (rows.End.Value - FirstHeld(rows));

    public override ReadOnlySpan<byte> Read(int y) => y < _firstBlank ? Row(y) : default;

    /// <summary>A missing row is replaced by one up to seven rows above.</summary>
    private static int FirstHeld(Range rows) => rows.Start.Value & ~7;

    /// <returns>The first row of the pass that is missing; the frame's height or more if none is.</returns>
    private int ReadPass(GifPixels pixels, (int First, int Step) pass)
    {
        int y = pass.First;
        for (; y < _frame.Height; y += pass.Step)
        {
            ReadOnlySpan<byte> row = pixels.ReadRow();
            if (row.Length < _frame.Width)
            {
                break;
            }

            if (y >= _top && y < _bottom)
            {
                row[_columns].CopyTo(Row(y));
            }
        }

        return y;
    }

    /// <summary>Salvages a frame whose data ended: each missing row shows the nearest known row above.</summary>
    /// <param name="pass">The pass in which the data ended.</param>
    /// <param name="missing">The first missing row of that pass.</param>
    private void Salvage(int pass, int missing)
    {
        if (pass == 0 && missing == 0)
        {
            throw GifErrors.TruncatedBeforeFirstRow();
        }

        Note = pass == 0
            ? RowsNote(missing, _frame.Height) + " It is coarse."
            : $"The GIF is truncated or corrupt in pass {pass + 1} of {Passes.Length} of its interlacing: it is coarse in parts.";
        int step = Passes[pass].Step;
        int coarse = pass == 0 ? step : 2 * (Passes[pass].First);
        for (int y = _top; y < Math.Min(_bottom, _firstBlank); y++)
        {
            bool ofPass = y % step == Passes[pass].First;
            if (y % coarse != 0 && !(ofPass && y < missing))
            {
                // Below a known row of this pass, that row is nearer.
                int above = y - (y % coarse);
                int own = y - ((y - Passes[pass].First + step) % step);
                Row(own > above && own < missing ? own : above).CopyTo(Row(y));
            }
        }
    }

    private Span<byte> Row(int y) => _indices.AsSpan((y - _top) * _width, _width);
}
