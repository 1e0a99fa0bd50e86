namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>A <see cref="BlockSlot"/> of a sequential scan, with its tables, its sink and its block row in the current row of MCUs.</summary>
internal sealed class SequentialSlot
{
    private readonly BlockSlot _place;
    private readonly BlockDemand _demand;

    /// <summary>Number of block columns demanded in the current row.</summary>
    private int _columns;

    private SequentialSlot(BlockSlot place, HuffmanTable dc, HuffmanTable ac, BlockSink sink)
    {
        _place = place;
        _demand = sink.Demand;
        Index = place.Index;
        Dc = dc;
        Ac = ac;
        Sink = sink;
        H = place.H;
        X = place.X;
    }

    /// <summary>Index of the component in the scan.</summary>
    public int Index { get; }

    public HuffmanTable Dc { get; }

    public HuffmanTable Ac { get; }

    /// <summary>Receives its blocks.</summary>
    public BlockSink Sink { get; }

    /// <summary>Blocks of the component in a row of an MCU.</summary>
    public int H { get; }

    /// <summary>Column in the MCU.</summary>
    public int X { get; }

    /// <summary>The current block row.</summary>
    public int Row { get; private set; }

    /// <summary>The slots of a scan, in the order of <paramref name="places"/>. Each component of the frame has a sink.</summary>
    public static SequentialSlot[] Of(BlockSlot[] places, ScanHeader header, JpegTables tables, IReadOnlyList<BlockSink> sinks) =>
        [.. places.Select(place => new SequentialSlot(
            place,
            tables.Dc(header.Components[place.Index].DcTable),
            tables.Ac(header.Components[place.Index].AcTable),
            sinks[place.Component.Index]))];

    /// <summary>Moves to a row of MCUs.</summary>
    public void BeginRow(int mcuRow)
    {
        Row = (mcuRow * _place.V) + _place.Y;
        bool demanded = Row >= _demand.FirstRow && Row < _demand.EndRow;
        _columns = demanded ? _demand.EndColumn - _demand.FirstColumn : 0;
    }

    /// <summary>True if blocks of the current row are wanted.</summary>
    public bool IsDemanded => _columns > 0;

    /// <summary>True if the block in a column of the current row is wanted.</summary>
    public bool Demands(int column) => (uint)(column - _demand.FirstColumn) < (uint)_columns;
}
