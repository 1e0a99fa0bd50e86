using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>A coding unit (H.265 7.3.8.5) that is being decoded.</summary>
internal struct CodingUnit
{
    /// <summary>First column in samples of luma.</summary>
    public int X;

    /// <summary>First row in samples of luma.</summary>
    public int Y;

    public int Log2Size;

    /// <summary>cu_transquant_bypass_flag.</summary>
    public bool IsLossless;

    /// <summary>IntraSplitFlag: four luma blocks with modes of their own.</summary>
    public bool IsSplit;

    /// <summary>The modes of luma, all equal unless the unit is split.</summary>
    public FourModes LumaModes;

    /// <summary>The modes of chroma, all equal unless the unit is split and has chroma in 4:4:4.</summary>
    public FourModes ChromaModes;

    [InlineArray(4)]
    internal struct FourModes
    {
        private int _first;
    }
}
