namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Receives a block; the parameters are those of <see cref="TokenWriter.Write"/>.</summary>
internal interface IBlockSink
{
    void Add(int type, int context, int first, ReadOnlySpan<short> levels, int mask);
}

/// <summary>Goes over the blocks of a macroblock in the order of the file (RFC 6386, 13).</summary>
internal static class MacroblockTokens
{
    /// <summary>Visits a macroblock.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="macroblock">Number of the macroblock.</param>
    /// <param name="context">Which neighbors have coefficients.</param>
    /// <param name="sink">Receives the blocks; nothing if there are no coefficients and macroblocks can be skipped.</param>
    /// <param name="canSkip">Empty macroblocks are skipped.</param>
    /// <returns>The context for the macroblocks to the right and below.</returns>
    public static NonzeroContext Visit<T>(EncodedFrame frame, int macroblock, NonzeroContext context, T sink, bool canSkip)
        where T : IBlockSink
    {
        bool hasY2 = !frame.BySubblocks[macroblock];
        if (canSkip && frame.IsEmpty(macroblock))
        {
            context.Skip(hasY2);
            return context;
        }

        ReadOnlySpan<short> levels = frame.LevelsOf(macroblock);
        ReadOnlySpan<ushort> masks = frame.MasksOf(macroblock);
        if (hasY2)
        {
            Add(EncodedFrame.Y2, 1, 0, levels, masks, ref context, sink);
        }

        for (int block = 0; block < EncodedFrame.FirstChroma; block++)
        {
            Add(block, hasY2 ? 0 : 3, hasY2 ? 1 : 0, levels, masks, ref context, sink);
        }

        for (int block = EncodedFrame.FirstChroma; block < EncodedFrame.Y2; block++)
        {
            Add(block, 2, 0, levels, masks, ref context, sink);
        }

        return context;
    }

    private static void Add<T>(
        int block, int type, int first, ReadOnlySpan<short> levels, ReadOnlySpan<ushort> masks, ref NonzeroContext context, T sink)
        where T : IBlockSink
    {
        sink.Add(type, context.Of(block), first, levels.Slice(block * Residual.BlockSize, Residual.BlockSize), masks[block]);
        context.Set(block, masks[block] != 0);
    }
}
