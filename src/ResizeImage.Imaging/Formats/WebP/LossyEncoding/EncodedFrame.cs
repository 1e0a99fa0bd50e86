namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The decisions of the encoder for each macroblock of a frame: segment, modes, and quantized coefficients.</summary>
internal sealed class EncodedFrame
{
    /// <summary>Blocks of a macroblock: sixteen of luma, four of U, four of V, and Y2.</summary>
    public const int Blocks = 25;

    /// <summary>The index of the first block of U.</summary>
    public const int FirstChroma = 16;

    /// <summary>The index of Y2.</summary>
    public const int Y2 = 24;

    private const int Subblocks = 16;

    private readonly byte[] _subblocks;
    private readonly short[] _levels;
    private readonly ushort[] _masks;

    public EncodedFrame(int across, int down)
    {
        Across = across;
        Down = down;
        Segments = new byte[across * down];
        BySubblocks = new bool[across * down];
        Luma = new PredictionMode[across * down];
        Chroma = new PredictionMode[across * down];
        _subblocks = new byte[across * down * Subblocks];
        _levels = new short[across * down * Blocks * Residual.BlockSize];
        _masks = new ushort[across * down * Blocks];
    }

    /// <summary>Macroblocks in a row.</summary>
    public int Across { get; }

    /// <summary>Rows of macroblocks.</summary>
    public int Down { get; }

    /// <summary>0 to 3 for each macroblock.</summary>
    public byte[] Segments { get; }

    /// <summary>Whether luma is predicted by subblocks; if not, by <see cref="Luma"/>, and there is a Y2 block.</summary>
    public bool[] BySubblocks { get; }

    public PredictionMode[] Luma { get; }

    public PredictionMode[] Chroma { get; }

    /// <summary>A <see cref="PredictionMode"/> for each of the sixteen subblocks, row by row.</summary>
    public Span<byte> SubblocksOf(int macroblock) => _subblocks.AsSpan(macroblock * Subblocks, Subblocks);

    /// <summary>Sixteen levels in rows for each block.</summary>
    public Span<short> LevelsOf(int macroblock) => _levels.AsSpan(macroblock * Blocks * Residual.BlockSize, Blocks * Residual.BlockSize);

    /// <summary>For each block, a bit for each position in coding order whose level is not 0.</summary>
    public Span<ushort> MasksOf(int macroblock) => _masks.AsSpan(macroblock * Blocks, Blocks);

    /// <summary>The macroblock has no coefficients.</summary>
    public bool IsEmpty(int macroblock) => !MasksOf(macroblock).ContainsAnyExcept((ushort)0);
}
