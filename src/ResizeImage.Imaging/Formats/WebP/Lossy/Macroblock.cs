namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Sizes of a macroblock (RFC 6386, 2).</summary>
internal static class Macroblock
{
    /// <summary>Luma samples per row and column.</summary>
    public const int LumaSize = 16;

    /// <summary>Samples of U, and of V, per row and column.</summary>
    public const int ChromaSize = 8;
}
