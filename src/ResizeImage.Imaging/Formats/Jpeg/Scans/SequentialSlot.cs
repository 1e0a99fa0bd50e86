namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>A place in the MCU of a sequential scan: its tables, its sink, and where it is in the present row of MCUs.</summary>
internal sealed class SequentialSlot
{
    private readonly BlockSlot _place;
    private readonly BlockDemand _demand;

    /// <summary>Block columns that are demanded in the present row.</summary>
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

    /// <summary>Number of its component in the scan.</summary>
    public int Index { get; }

    /// <summary>DC table.</summary>
    public HuffmanTable Dc { get; }

    /// <summary>AC table.</summary>
    public HuffmanTable Ac { get; }

    /// <summary>Where its blocks go.</summary>
    public BlockSink Sink { get; }

    /// <summary>Blocks of the component side by side in an MCU.</summary>
    public int H { get; }

    /// <summary>Which of them it is.</summary>
    public int X { get; }

    /// <summary>The present block row.</summary>
    public int Row { get; private set; }

    /// <summary>The slots of a scan, in order.</summary>
    /// <param name="places">Their places.</param>
    /// <param name="header">The scan.</param>
    /// <param name="tables">The tables in force.</param>
    /// <param name="sinks">A sink for each component of the frame.</param>
    public static SequentialSlot[] Of(BlockSlot[] places, ScanHeader header, JpegTables tables, IReadOnlyList<BlockSink> sinks) =>
        [.. places.Select(place => new SequentialSlot(
            place,
            tables.Dc(header.Components[place.Index].DcTable),
            tables.Ac(header.Components[place.Index].AcTable),
            sinks[place.Component.Index]))];

    /// <summary>Goes to a row of MCUs.</summary>
    public void BeginRow(int mcuRow)
    {
        Row = (mcuRow * _place.V) + _place.Y;
        bool demanded = Row >= _demand.FirstRow && Row < _demand.EndRow;
        _columns = demanded ? _demand.EndColumn - _demand.FirstColumn : 0;
    }

    /// <summary>True if blocks of the present row are wanted.</summary>
    public bool IsDemanded => _columns > 0;

    /// <summary>True if the block in this column of the present row is wanted.</summary>
    public bool Demands(int column) => (uint)(column - _demand.FirstColumn) < (uint)_columns;
}
