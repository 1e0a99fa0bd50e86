namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Delivers the blocks of a frame by rows of interleaved MCUs: decoding them now, or out of a store.</summary>
internal interface IMcuRows : IDisposable
{
    /// <summary>True once data was found missing or damaged.</summary>
    bool Damaged { get; }

    /// <summary>True while not one block has been found whole.</summary>
    bool Empty { get; }

    /// <summary>Puts the demanded blocks of a row of MCUs into the sinks that this was made for.</summary>
    /// <param name="mcuRow">Counted from 0; called in order.</param>
    void DecodeMcuRow(int mcuRow);
}
