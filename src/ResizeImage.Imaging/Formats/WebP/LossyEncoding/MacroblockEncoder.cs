using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Chooses modes and coefficients of all macroblocks of a frame, and makes the samples that a decoder will predict from.</summary>
internal sealed class MacroblockEncoder
{
    private const int LumaSize = Macroblock.LumaSize;
    private const int ChromaSize = Macroblock.ChromaSize;
    private const int SubblocksAcross = 4;

    private readonly SourcePlanes _source;
    private readonly SegmentQuantizer[] _quantizers;
    private readonly MacroblockState _state = new();
    private readonly MacroblockLuma _whole;
    private readonly SubblockLuma _subblocks;
    private readonly MacroblockChroma _chroma;

    // As in MacroblockRows, the lowest samples of the macroblocks above; luma continues a little to the right.
    private readonly byte[] _aboveY;
    private readonly byte[] _aboveU;
    private readonly byte[] _aboveV;
    private readonly byte[] _modesAbove;
    private readonly byte[] _modesLeft = new byte[SubblocksAcross];
    private readonly int[] _nonzeroAbove;
    private int _nonzeroLeft;

    // What is left for modes of subblocks, in 256ths of a bit.
    private long _modeBudget;

    /// <param name="source">The image.</param>
    /// <param name="frame">Has the segments; receives everything else.</param>
    /// <param name="quantizers">One for each segment.</param>
    public MacroblockEncoder(SourcePlanes source, EncodedFrame frame, SegmentQuantizer[] quantizers)
    {
        _source = source;
        Frame = frame;
        _quantizers = quantizers;
        _whole = new(_state);
        _subblocks = new(_state);
        _chroma = new(_state);
        _aboveY = new byte[(frame.Across * LumaSize) + sizeof(uint)];
        _aboveU = new byte[frame.Across * ChromaSize];
        _aboveV = new byte[frame.Across * ChromaSize];
        MacroblockBuffer.FillAbove(_aboveY);
        MacroblockBuffer.FillAbove(_aboveU);
        MacroblockBuffer.FillAbove(_aboveV);
        _modesAbove = new byte[frame.Across * SubblocksAcross];
        _nonzeroAbove = new int[frame.Across];
        _modeBudget = ModeCosts.BudgetOfSubblocks(frame.Segments.Length);
    }

    /// <summary>The decisions so far.</summary>
    public EncodedFrame Frame { get; }

    /// <summary>What the tokens cost from now on.</summary>
    public TokenCosts Costs => _state.Costs;

    /// <summary>Encodes the next row of macroblocks.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="statistics">Counts the tokens.</param>
    public void EncodeRow(int row, TokenStatistics statistics)
    {
        _state.Buffer.StartRow(row == 0);
        _state.HasAbove = row > 0;
        _nonzeroLeft = 0;
        Array.Clear(_modesLeft);
        for (int column = 0; column < Frame.Across; column++)
        {
            int macroblock = (row * Frame.Across) + column;
            _state.HasLeft = column > 0;
            _state.Quantizer = _quantizers[Frame.Segments[macroblock]];
            _state.Load(_source, column, row);
            MoveTo(column);
            NonzeroContext context = new(_nonzeroAbove[column], _nonzeroLeft);
            Encode(macroblock, column, context);
            MacroblockTokens.Visit(Frame, macroblock, context, statistics, canSkip: true);
            StoreAbove(column);
        }
    }

    private void Encode(int macroblock, int column, NonzeroContext context)
    {
        Span<short> levels = Frame.LevelsOf(macroblock);
        Span<ushort> masks = Frame.MasksOf(macroblock);
        Span<byte> modesAbove = _modesAbove.AsSpan(column * SubblocksAcross, SubblocksAcross);
        BlockPlan whole = _whole.Choose(context);
        bool bySubblocks = _modeBudget > 0 && _subblocks.TryChoose(context, modesAbove, _modesLeft, whole.Cost);
        Frame.BySubblocks[macroblock] = bySubblocks;
        BlockPlan luma = bySubblocks ? _subblocks.Plan : whole;
        if (bySubblocks)
        {
            _modeBudget -= _subblocks.ModeCost;
            _subblocks.ChosenModes.CopyTo(Frame.SubblocksOf(macroblock));
            _subblocks.ChosenModes[12..].CopyTo(modesAbove);
            for (int i = 0; i < SubblocksAcross; i++)
            {
                _modesLeft[i] = _subblocks.ChosenModes[(4 * i) + 3];
            }
        }
        else
        {
            _whole.Make(whole);
            Frame.Luma[macroblock] = whole.Mode;
            modesAbove.Fill((byte)whole.Mode);
            _modesLeft.AsSpan().Fill((byte)whole.Mode);
            whole.LevelsOf(16).CopyTo(levels[(EncodedFrame.Y2 * Residual.BlockSize)..]);
            masks[EncodedFrame.Y2] = whole.Masks[16];
        }

        luma.Levels[..(16 * Residual.BlockSize)].CopyTo(levels);
        luma.Masks.AsSpan(0, 16).CopyTo(masks);
        BlockPlan chroma = _chroma.Choose(luma.Context);
        _chroma.Make(chroma);
        Frame.Chroma[macroblock] = chroma.Mode;
        chroma.Levels.CopyTo(levels[(EncodedFrame.FirstChroma * Residual.BlockSize)..]);
        chroma.Masks.CopyTo(masks[EncodedFrame.FirstChroma..]);
        _nonzeroAbove[column] = chroma.Context.Above;
        _nonzeroLeft = chroma.Context.Left;
    }

    private void MoveTo(int column)
    {
        Span<byte> y = _aboveY.AsSpan(column * LumaSize, LumaSize);
        uint aboveRight = _state.HasAbove && column == Frame.Across - 1
            ? y[LumaSize - 1] * 0x01010101u
            : BinaryPrimitives.ReadUInt32LittleEndian(_aboveY.AsSpan((column + 1) * LumaSize));
        _state.Buffer.MoveTo(y, aboveRight, _aboveU.AsSpan(column * ChromaSize, ChromaSize), _aboveV.AsSpan(column * ChromaSize, ChromaSize));
    }

    private void StoreAbove(int column)
    {
        _state.Buffer.LumaRow(LumaSize - 1).CopyTo(_aboveY.AsSpan(column * LumaSize));
        _state.Buffer.URow(ChromaSize - 1).CopyTo(_aboveU.AsSpan(column * ChromaSize));
        _state.Buffer.VRow(ChromaSize - 1).CopyTo(_aboveV.AsSpan(column * ChromaSize));
    }
}
