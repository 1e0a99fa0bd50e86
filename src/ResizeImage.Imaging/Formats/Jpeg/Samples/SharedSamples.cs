namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Passes the blocks of one component on to the samples of several scales. Each transforms the coefficients that it wants.</summary>
internal sealed class SharedSamples : BlockSink
{
    private readonly ComponentSamples[] _scales;
    private readonly CoefficientRow?[,] _low;

    /// <param name="component">The component.</param>
    /// <param name="scales">Its samples at each scale. They get the blocks that any of them demands.</param>
    public SharedSamples(JpegComponent component, ComponentSamples[] scales)
    {
        _scales = scales;
        Demand = scales[0].Demand;
        foreach (ComponentSamples samples in scales)
        {
            Demand = Demand.With(samples.Demand);
        }

        // An MCU has blocks of several rows.
        _low = new CoefficientRow?[scales.Length, component.V];
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i].Widen(Demand);
            for (int row = 0; row < component.V && scales[i].Demand.IsLow && !Demand.IsLow; row++)
            {
                _low[i, row] = new CoefficientRow(scales[i].Demand);
            }
        }
    }

    /// <summary>What any of the scales demands.</summary>
    public override BlockDemand Demand { get; }

    public override void Put(int column, int row, ReadOnlySpan<short> coefficients)
    {
        for (int i = 0; i < _scales.Length; i++)
        {
            if (_low[i, row % _low.GetLength(1)] is not { } low)
            {
                _scales[i].Put(column, row, coefficients);
                continue;
            }

            for (int k = 0; k <= low.LastCoefficient; k++)
            {
                low[k, column - low.FirstColumn] = coefficients[ZigZag.NaturalOrder[k]];
            }

            if (column == Demand.EndColumn - 1)
            {
                _scales[i].PutRow(row, low);
            }
        }
    }

    public override void PutRow(int row, CoefficientRow coefficients)
    {
        foreach (ComponentSamples samples in _scales)
        {
            samples.PutRow(row, coefficients);
        }
    }
}
