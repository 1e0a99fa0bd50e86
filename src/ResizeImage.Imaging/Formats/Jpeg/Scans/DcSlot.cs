namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>A <see cref="BlockSlot"/> of a progressive DC scan, with the destination of its blocks in the current row of MCUs.</summary>
internal struct DcSlot
{
    /// <summary>Index of the component in the scan.</summary>
    public int Index;

    /// <summary>Blocks of the component in a row of an MCU.</summary>
    public int H;

    /// <summary>Column in the MCU.</summary>
    public int X;

    /// <summary>Block columns within the image; 0 in a row below it. Blocks beyond are padding.</summary>
    public int Columns;

    /// <summary>Index in <see cref="Coefficients"/> of the row's first block.</summary>
    public int Place;

    /// <summary>Distance between blocks in <see cref="Coefficients"/>.</summary>
    public int Stride;

    /// <summary>The coefficients of the component's <see cref="CoefficientStore"/>.</summary>
    public short[] Coefficients;

    /// <summary>Sets the slots of an MCU for a row of MCUs.</summary>
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
