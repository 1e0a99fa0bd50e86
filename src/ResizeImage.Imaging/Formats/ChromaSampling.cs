namespace ResizeImage.Imaging.Formats;

/// <summary>The names of chroma sampling.</summary>
internal static class ChromaSampling
{
    /// <summary>"YCbCr 4:2:0" and the like; the factors where there is no such name.</summary>
    /// <param name="columns">Columns that share a sample of chroma.</param>
    /// <param name="rows">Rows that share a sample of chroma.</param>
    public static string NameOf(int columns, int rows) => (columns, rows) switch
    {
        (1, 1) => "YCbCr 4:4:4",
        (2, 1) => "YCbCr 4:2:2",
        (2, 2) => "YCbCr 4:2:0",
        (4, 1) => "YCbCr 4:1:1",
        (4, 2) => "YCbCr 4:1:0",
        (1, 2) => "YCbCr 4:4:0",
        _ => $"YCbCr, chroma of {columns} × {rows} pixels",
    };
}
