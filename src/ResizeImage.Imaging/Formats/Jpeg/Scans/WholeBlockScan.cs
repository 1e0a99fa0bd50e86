namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes a sequential scan with all coefficients.</summary>
internal sealed class WholeBlockScan : SequentialScan
{
    private BitReader _reader;

    /// <summary>The window must slide before a block that begins at or after this offset.</summary>
    private int _slideAt;

    public WholeBlockScan(ScanContext scan, IReadOnlyList<BlockSink> sinks)
        : base(scan, sinks)
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

    /// <summary>Call before a block, which then needs no check of the window's end.</summary>
    private void ReadOn()
    {
        if (_reader.Position >= _slideAt)
        {
            _reader.Position = Window.Slide(_reader.Position);
            _slideAt = Window.SlideAt;
        }
    }
}
