using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Decodes only the low coefficients of a sequential scan (shrink-on-load), in half the time of <see cref="WholeBlockScan"/>.</summary>
internal sealed class LookAheadScan : SequentialScan
{
    private readonly SpeculativeBlockDecoder _blocks;

    /// <summary>For each slot the row of its blocks; slots of the same MCU row share it.</summary>
    private readonly CoefficientRow[] _rows;

    public LookAheadScan(ScanContext scan, IReadOnlyList<BlockSink> sinks)
        : base(scan, sinks)
    {
        int last = Slots.Max(slot => slot.Sink.Demand.LastCoefficient);
        _blocks = new SpeculativeBlockDecoder(
            Window, new StepTable(Array.ConvertAll(Slots, slot => (slot.Dc, slot.Ac)), last), (long)scan.Tables.RestartInterval * Slots.Length);
        _rows = new CoefficientRow[Slots.Length];
        for (int i = 0; i < Slots.Length; i++)
        {
            _rows[i] = Slots[i].X > 0 ? _rows[i - 1] : new CoefficientRow(Slots[i].Sink.Demand);
        }
    }

    /// <inheritdoc/>
    public override void DecodeMcuRow(int mcuRow)
    {
        foreach (SequentialSlot slot in Slots)
        {
            slot.BeginRow(mcuRow);
        }

        for (int mcu = 0; mcu < McusPerRow; mcu++)
        {
            BeginMcu();
            for (int i = 0; i < Slots.Length; i++)
            {
                SequentialSlot slot = Slots[i];
                int column = (mcu * slot.H) + slot.X;
                Take(ref Predictions[slot.Index], slot.Demands(column) ? _rows[i] : null, column);
            }

            if (!Lost)
            {
                EndMcu(_blocks.Consumed);
            }
        }

        for (int i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].X == 0 && Slots[i].IsDemanded)
            {
                Slots[i].Sink.PutRow(Slots[i].Row, _rows[i]);
            }
        }
    }

    public override void Dispose()
    {
        _blocks.Dispose();
        base.Dispose();
    }

    protected override void BeginInterval()
    {
        base.BeginInterval();
        _blocks.Restart();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(ref int prediction, CoefficientRow? row, int column)
    {
        if (Lost || !_blocks.MoveNext(out DecodeLane lane, out int block))
        {
            LoseInterval();
            row?.Clear(column);
            return;
        }

        if (row is null)
        {
            prediction += lane.Difference(block);
        }
        else
        {
            lane.Get(block, ref prediction, row.From(column), row.Stride);
        }
    }
}
