namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The coefficients of a macroblock (RFC 6386, 13 and 14.2 to 14.3). One object serves all macroblocks, from left to right.</summary>
internal sealed class Residual
{
    /// <summary>Coefficients of a block.</summary>
    public const int BlockSize = 16;

    private const int LumaBlocks = 16;
    private const int ChromaBlocks = 8;
    private const int Y2Bit = 8;

    private readonly byte[] _probabilities;
    private readonly short[] _coefficients = new short[(LumaBlocks + ChromaBlocks) * BlockSize];

    // Which blocks of the macroblocks above, and of the one to the left, have coefficients. Only blocks at the common edge count:
    //
    //   bit  8    7 6  5 4  3 2 1 0
    //        Y2   V    U    luma
    private readonly ushort[] _above;
    private int _left;
    private bool _used;

    public Residual(Vp8Header header, int macroblocksAcross)
    {
        _probabilities = header.Coefficients;
        _above = new ushort[macroblocksAcross];
    }

    /// <summary>Two bits for each of the sixteen luma and eight chroma blocks (U, V), the first one lowest: 0 no coefficients, 1 only DC, 2 more.</summary>
    public ulong Kinds { get; private set; }

    /// <summary>Sixteen coefficients for each of the sixteen luma and eight chroma blocks, dequantized.</summary>
    public ReadOnlySpan<short> Coefficients => _coefficients;

    public void StartRow() => _left = 0;

    /// <summary>Skips a macroblock without coefficients.</summary>
    /// <param name="column">Its index in the row.</param>
    /// <param name="hasY2">It would have a Y2 block; if false, the context of the last Y2 stays valid.</param>
    public void Skip(int column, bool hasY2)
    {
        int kept = hasY2 ? 0 : 1 << Y2Bit;
        _above[column] &= (ushort)kept;
        _left &= kept;
        Kinds = 0;
    }

    /// <summary>Reads the coefficients of a macroblock.</summary>
    public void Read(ref BoolDecoder tokens, int column, bool hasY2, Quantizer quantizer)
    {
        if (_used)
        {
            Array.Clear(_coefficients);
        }

        _used = true;
        int above = _above[column];
        int left = _left;
        ulong kinds = 0;
        if (hasY2)
        {
            ReadY2(ref tokens, ref above, ref left, quantizer.Y2);
        }

        // Types of blocks as in RFC 6386, 13.3.
        ReadOnlySpan<byte> luma = OfType(hasY2 ? 0 : 3);
        for (int block = 0; block < LumaBlocks; block++)
        {
            kinds |= ReadBlock(ref tokens, luma, block, hasY2 ? 1 : 0, quantizer.Y, block & 3, block >> 2, ref above, ref left);
        }

        ReadOnlySpan<byte> chroma = OfType(2);
        for (int block = 0; block < ChromaBlocks; block++)
        {
            int plane = 4 + (block >> 2 << 1);
            kinds |= ReadBlock(
                ref tokens, chroma, LumaBlocks + block, 0, quantizer.Chroma, plane + (block & 1), plane + ((block >> 1) & 1), ref above, ref left);
        }

        _above[column] = (ushort)above;
        _left = left;
        Kinds = kinds;
    }

    private void ReadY2(ref BoolDecoder tokens, ref int above, ref int left, (int Dc, int Ac) quantizer)
    {
        Span<short> y2 = stackalloc short[BlockSize];
        int context = (above >> Y2Bit) + (left >> Y2Bit);
        int end = TokenReader.Read(ref tokens, OfType(1), context, 0, quantizer, y2);
        int any = end > 0 ? 1 << Y2Bit : 0;
        above = (above & ~(1 << Y2Bit)) | any;
        left = (left & ~(1 << Y2Bit)) | any;
        InverseWht.Transform(y2, _coefficients);
    }

    /// <returns>The block's bits of <see cref="Kinds"/>.</returns>
    private ulong ReadBlock(
        ref BoolDecoder tokens,
        ReadOnlySpan<byte> probabilities,
        int block,
        int first,
        (int Dc, int Ac) quantizer,
        int aboveBit,
        int leftBit,
        ref int above,
        ref int left)
    {
        Span<short> coefficients = _coefficients.AsSpan(BlockSize * block, BlockSize);
        int context = ((above >> aboveBit) & 1) + ((left >> leftBit) & 1);
        int end = TokenReader.Read(ref tokens, probabilities, context, first, quantizer, coefficients);
        int any = end > first ? 1 : 0;
        above = (above & ~(1 << aboveBit)) | (any << aboveBit);
        left = (left & ~(1 << leftBit)) | (any << leftBit);
        ulong kind = end > 1 ? 2u : coefficients[0] != 0 ? 1u : 0;
        return kind << (2 * block);
    }

    private ReadOnlySpan<byte> OfType(int type) => _probabilities.AsSpan(type * CoefficientProbabilities.TypeStride, CoefficientProbabilities.TypeStride);
}
