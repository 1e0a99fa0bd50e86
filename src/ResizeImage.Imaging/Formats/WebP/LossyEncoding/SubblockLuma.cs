using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Codes the luma of a macroblock subblock by subblock (RFC 6386, 12.3), each with its own prediction.</summary>
internal sealed class SubblockLuma(MacroblockState state)
{
    private const int Blocks = 16;
    private const int Modes = 10;
    private const int Candidates = 2;

    // A second candidate is tried only if its estimate is at most this much higher: the same SSIMULACRA2 in a tenth less time.
    private const float MostBehind = 1.15f;

    private readonly Vector128<byte>[] _predictions = new Vector128<byte>[Modes];
    private readonly CoefficientBlock[] _rests = new CoefficientBlock[Modes];
    private readonly float[] _estimates = new float[Modes];
    private readonly byte[] _modes = new byte[Blocks];
    private readonly short[] _trial = new short[Residual.BlockSize];

    /// <summary>The modes of the last plan, row by row.</summary>
    public ReadOnlySpan<byte> ChosenModes => _modes;

    /// <summary>The levels of the last plan.</summary>
    public BlockPlan Plan { get; } = new(Blocks);

    /// <summary>What the modes of the last plan cost, in 256ths of a bit.</summary>
    public int ModeCost { get; private set; }

    /// <summary>The blocks' bits of <see cref="Residual.Kinds"/>.</summary>
    public ulong Kinds { get; private set; }

    /// <summary>Finds modes and levels, and makes the samples in the state's buffer.</summary>
    /// <param name="context">Which neighbors have coefficients.</param>
    /// <param name="above">The modes of the four subblocks above.</param>
    /// <param name="left">The modes of the four subblocks to the left.</param>
    /// <param name="limit">The cost that must not be reached.</param>
    /// <returns>False if it is reached; then the buffer's luma is incomplete.</returns>
    public bool TryChoose(NonzeroContext context, ReadOnlySpan<byte> above, ReadOnlySpan<byte> left, float limit)
    {
        BlockCoder coder = new(state.Costs, 3, state.Quantizer.Y, state.Quantizer.UnitPrice);
        float cost = state.Quantizer.UnitPrice * ModeCosts.BySubblocks;
        Kinds = 0;
        ModeCost = ModeCosts.BySubblocks;
        for (int block = 0; block < Blocks; block++)
        {
            int modeAbove = block < 4 ? above[block] : _modes[block - 4];
            int modeLeft = (block & 3) == 0 ? left[block >> 2] : _modes[block - 1];
            ReadOnlySpan<ushort> modeCosts = ModeCosts.OfSubblock(modeAbove, modeLeft);
            cost += Choose(coder, block, context.Of(block), modeCosts);
            ModeCost += modeCosts[_modes[block]];
            if (cost >= limit)
            {
                return false;
            }

            int mask = Plan.Masks[block];
            context.Set(block, mask != 0);
            uint kind = state.Dequantize(block, Plan.LevelsOf(block), state.Quantizer.Y, mask);
            Kinds |= (ulong)kind << (2 * block);
            state.Buffer.MakeSubblock(
                block, _predictions[_modes[block]], kind, state.Coefficients.AsSpan(block * Residual.BlockSize, Residual.BlockSize));
        }

        Plan.Cost = cost;
        Plan.Context = context;
        return true;
    }

    /// <summary>Finds the mode and the levels of a subblock.</summary>
    /// <returns>Its cost.</returns>
    private float Choose(BlockCoder coder, int block, int context, ReadOnlySpan<ushort> modeCosts)
    {
        Predict(block);
        for (int mode = 0; mode < Modes; mode++)
        {
            CoefficientBlock rest = state.Source[block] - CoefficientBlock.Transform(_predictions[mode]);
            _rests[mode] = rest;
            _estimates[mode] = rest.SumOfMagnitudes() + (state.Quantizer.MagnitudePrice * modeCosts[mode]);
        }

        float best = float.MaxValue;
        float limit = float.MaxValue;
        for (int i = 0; i < Candidates; i++)
        {
            int mode = MacroblockLuma.IndexOfLeast(_estimates);
            if (_estimates[mode] > limit)
            {
                break;
            }

            limit = MostBehind * _estimates[mode];
            _estimates[mode] = float.MaxValue;
            float cost = coder.Quantize(_rests[mode], 0, context, _trial, out int mask) + (state.Quantizer.UnitPrice * modeCosts[mode]);
            if (cost < best)
            {
                best = cost;
                _modes[block] = (byte)mode;
                Plan.Masks[block] = (ushort)mask;
                _trial.CopyTo(Plan.LevelsOf(block));
            }
        }

        return best;
    }

    /// <summary>Makes the predictions of all modes.</summary>
    private void Predict(int block)
    {
        Vector128<byte> edge = state.Buffer.EdgeOf(block);
        Span<Vector128<byte>> predictions = _predictions.AsSpan(0, Modes);
        predictions[0] = SubblockPrediction.Predict(PredictionMode.Dc, edge);
        predictions[1] = SubblockPrediction.Predict(PredictionMode.Tm, edge);
        predictions[2] = SubblockPrediction.Predict(PredictionMode.Vertical, edge);
        predictions[3] = SubblockPrediction.Predict(PredictionMode.Horizontal, edge);
        predictions[4] = SubblockPrediction.Predict(PredictionMode.RightDown, edge);
        predictions[5] = SubblockPrediction.Predict(PredictionMode.VerticalRight, edge);
        predictions[6] = SubblockPrediction.Predict(PredictionMode.LeftDown, edge);
        predictions[7] = SubblockPrediction.Predict(PredictionMode.VerticalLeft, edge);
        predictions[8] = SubblockPrediction.Predict(PredictionMode.HorizontalDown, edge);
        predictions[9] = SubblockPrediction.Predict(PredictionMode.HorizontalUp, edge);
    }
}
