namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Applies the loop filter to a row of macroblocks after all of it is decoded (RFC 6386, 15.1).</summary>
internal sealed class MacroblockRowFilter(LoopFilterHeader header, int macroblocksAcross)
{
    private const int LumaSize = Macroblock.LumaSize;
    private const int ChromaSize = Macroblock.ChromaSize;
    private const int BlockSize = 4;

    // Added to the limit for edges between macroblocks (15.2).
    private const int BetweenMacroblocks = 4;

    private readonly LoopFilterStrength[] _strengths = new LoopFilterStrength[macroblocksAcross];
    private readonly bool[] _inner = new bool[macroblocksAcross];

    /// <summary>Records how to filter a macroblock of the row.</summary>
    public void Remember(int column, MacroblockModes modes, Residual residual)
    {
        _strengths[column] = header.Strength(modes.Segment, modes.BySubblocks);

        // A macroblock that is one smooth prediction has no edges inside.
        _inner[column] = modes.BySubblocks || residual.Kinds != 0;
    }

    /// <summary>Filters the last row of the planes, and the bottom of the row above.</summary>
    public void Run(Vp8Planes planes, bool hasAbove)
    {
        for (int column = 0; column < _strengths.Length; column++)
        {
            LoopFilterStrength strength = _strengths[column];
            if (strength.EdgeLimit == 0)
            {
                continue;
            }

            int luma = planes.LastLuma + (column * LumaSize);
            int chroma = planes.LastChroma + (column * ChromaSize);

            // Vertical edges first, from left to right; then horizontal ones, downwards.
            Direction(planes.Y, luma, 1, planes.YStride, LumaSize, strength, column > 0, _inner[column]);
            if (!header.IsSimple)
            {
                Direction(planes.U, chroma, 1, planes.ChromaStride, ChromaSize, strength, column > 0, _inner[column]);
                Direction(planes.V, chroma, 1, planes.ChromaStride, ChromaSize, strength, column > 0, _inner[column]);
            }

            Direction(planes.Y, luma, planes.YStride, 1, LumaSize, strength, hasAbove, _inner[column]);
            if (!header.IsSimple)
            {
                Direction(planes.U, chroma, planes.ChromaStride, 1, ChromaSize, strength, hasAbove, _inner[column]);
                Direction(planes.V, chroma, planes.ChromaStride, 1, ChromaSize, strength, hasAbove, _inner[column]);
            }
        }
    }

    /// <summary>Filters all edges of one direction in one plane of a macroblock.</summary>
    private void Direction(byte[] plane, int at, int across, int along, int size, LoopFilterStrength strength, bool outer, bool inner)
    {
        for (int i = outer ? 0 : BlockSize; i < (inner ? size : BlockSize); i += BlockSize)
        {
            bool between = i == 0;
            int edgeLimit = strength.EdgeLimit + (between ? BetweenMacroblocks : 0);
            if (header.IsSimple)
            {
                LoopFilter.Simple(plane, at + (i * across), across, along, size, edgeLimit);
            }
            else
            {
                LoopFilter.Normal(plane, at + (i * across), across, along, size, edgeLimit, strength, between);
            }
        }
    }
}
