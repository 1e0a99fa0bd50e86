namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>How samples of a picture are delivered. A band is the rows of luma that share one row of chroma: two in 4:2:0, else one.</summary>
/// <param name="Chroma">Monochrome to leave out chroma.</param>
/// <param name="IsWide">Samples take two bytes, because they have more than 8 bits.</param>
internal readonly record struct BandShape(ChromaFormat Chroma, bool IsWide)
{
    public bool HasChroma => Chroma != ChromaFormat.Monochrome;

    /// <summary>Rows of luma in a band.</summary>
    public int LumaRows => Chroma == ChromaFormat.Yuv420 ? 2 : 1;

    /// <summary>A row of luma has twice the samples of a row of chroma.</summary>
    public bool HasHalfColumns => Chroma is ChromaFormat.Yuv420 or ChromaFormat.Yuv422;

    public int BytesPerSample => IsWide ? 2 : 1;

    /// <summary>The bands of so many rows of pixels.</summary>
    public int BandsOf(int rows) => (int)(((long)rows + LumaRows - 1) / LumaRows);

    /// <summary>Samples of chroma for so many columns of pixels.</summary>
    public int ChromaOf(int columns) => !HasChroma ? 0 : HasHalfColumns ? (columns + 1) / 2 : columns;
}

/// <summary>Columns of samples of a picture.</summary>
internal readonly record struct BandColumns(int Luma, int LumaCount, int Chroma, int ChromaCount)
{
    /// <summary>The columns that are in both, counted from the first of <paramref name="other"/>.</summary>
    public BandColumns Within(BandColumns other)
    {
        (int luma, int lumaCount) = Part(Luma, LumaCount, other.Luma, other.LumaCount);
        (int chroma, int chromaCount) = Part(Chroma, ChromaCount, other.Chroma, other.ChromaCount);
        return new(luma, lumaCount, chroma, chromaCount);
    }

    private static (int First, int Count) Part(int first, int count, int otherFirst, int otherCount)
    {
        int from = Math.Max(first, otherFirst);
        int end = Math.Min(first + count, otherFirst + otherCount);
        return end > from ? (from - otherFirst, end - from) : (0, 0);
    }
}
