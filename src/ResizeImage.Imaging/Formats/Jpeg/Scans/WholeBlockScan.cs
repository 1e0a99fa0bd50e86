namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a sequential scan of which all coefficients are wanted.</summary>
internal sealed class WholeBlockScan : SequentialScan
{
    private BitReader _reader;

    /// <summary>A block that begins at or after this place of the window must wait for it to slide.</summary>
    private int _slideAt;

    /// <param name="frame">The frame.</param>
    /// <param name="header">The scan.</param>
    /// <param name="tables">The tables in force.</param>
    /// <param name="file">The file.</param>
    /// <param name="sinks">A sink for each component of the frame.</param>
    public WholeBlockScan(
        JpegFrame frame, ScanHeader header, JpegTables tables, ByteSource file, IReadOnlyList<BlockSink> sinks)
        : base(frame, header, tables, file, sinks)
    {
        _slideAt = Window.SlideAt;
    }

    /// <inheritdoc/>
    public override void DecodeMcuRow(int mcuRow)
    {
        Block block = default;
        foreach (SequentialSlot slot in Slots)
        {
            slot.BeginRow(mcuRow);
        }

        for (int mcu = 0; mcu < McusPerRow; mcu++)
        {
            BeginMcu();
            foreach (SequentialSlot slot in Slots)
            {
                int column = (mcu * slot.H) + slot.X;
                if (!Lost)
                {
                    ReadOn();
                    if (!SequentialBlock.Decode(ref _reader, Window.Bytes, slot.Dc, slot.Ac, ref Predictions[slot.Index], block))
                    {
                        LoseInterval();
                        block = default;
                    }
                }

                if (slot.Demands(column))
                {
                    slot.Sink.Put(column, slot.Row, block);
                }

                block = default;
            }

            EndMcu(_reader.Consumed);
        }
    }

    protected override void BeginInterval()
    {
        _reader = default;
        _slideAt = Window.SlideAt;
        base.BeginInterval();
    }

    /// <summary>Makes sure that the next block can be read without looking at the window's end.</summary>
    private void ReadOn()
    {
        if (_reader.Position >= _slideAt)
        {
            _reader.Position = Window.Slide(_reader.Position);
            _slideAt = Window.SlideAt;
        }
    }
}
