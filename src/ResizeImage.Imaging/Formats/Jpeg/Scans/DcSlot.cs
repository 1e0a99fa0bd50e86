namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>A <see cref="BlockSlot"/> of a progressive scan of DC coefficients, and where its blocks of a row of MCUs go.</summary>
internal struct DcSlot
{
    /// <summary>Number of its component in the scan.</summary>
    public int Index;

    /// <summary>Blocks of the component side by side in an MCU.</summary>
    public int H;

    /// <summary>Which of those it is.</summary>
    public int X;

    /// <summary>Block columns in the picture; 0 in a row beneath it. What is beyond only fills up MCUs.</summary>
    public int Columns;

    /// <summary>Place of the row's first block.</summary>
    public int Place;

    /// <summary>Distance between blocks.</summary>
    public int Stride;

    /// <summary>What they go to.</summary>
    public short[] Coefficients;

    /// <summary>The slots of an MCU in a row of MCUs.</summary>
    public static void BeginRow(DcSlot[] result, BlockSlot[] slots, CoefficientStore[] stores, int mcuRow)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            BlockSlot slot = slots[i];
            CoefficientStore store = stores[slot.Component.Index];
            int row = (mcuRow * slot.V) + slot.Y;
            bool within = row < slot.Component.BlockRows;
            result[i] = new DcSlot
            {
                Index = slot.Index,
                H = slot.H,
                X = slot.X,
                Columns = within ? slot.Component.BlocksPerRow : 0,
                Place = within ? store.PlaceOf(0, row) : 0,
                Stride = store.BlockStride,
                Coefficients = store.Coefficients,
            };
        }
    }
}
