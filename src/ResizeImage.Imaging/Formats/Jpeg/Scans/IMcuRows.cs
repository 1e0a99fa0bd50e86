namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Delivers the blocks of a frame by rows of interleaved MCUs: decodes them, or reads them from a store.</summary>
internal interface IMcuRows : IDisposable
{
    /// <summary>True once the decoder has found missing or corrupt data.</summary>
    bool Damaged { get; }

    /// <summary>True until the decoder has found a complete block.</summary>
    bool Empty { get; }

    /// <summary>Puts the demanded blocks of a row of MCUs into the sinks.</summary>
    /// <param name="mcuRow">From 0; callers pass the rows in order.</param>
    void DecodeMcuRow(int mcuRow);
}
