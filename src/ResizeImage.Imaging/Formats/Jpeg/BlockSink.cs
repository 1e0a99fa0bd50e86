namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Takes the decoded blocks of a sequential scan.</summary>
internal abstract class BlockSink
{
    /// <summary>What the sink wants of a component; constant during a scan.</summary>
    public abstract BlockDemand Demand(JpegComponent component);

    /// <summary>Takes a demanded block.</summary>
    /// <param name="component">Its component.</param>
    /// <param name="column">Its block column.</param>
    /// <param name="row">Its block row.</param>
    /// <param name="coefficients">64 quantised coefficients in rows; those that are not demanded may be 0.</param>
    public abstract void Put(JpegComponent component, int column, int row, ReadOnlySpan<short> coefficients);
}
