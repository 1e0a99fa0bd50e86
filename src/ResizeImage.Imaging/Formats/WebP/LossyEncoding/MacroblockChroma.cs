using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Codes the chroma of a macroblock: one mode for both planes (RFC 6386, 12.2).</summary>
internal sealed class MacroblockChroma(MacroblockState state)
{
    private const int Blocks = 8;
    private const int Candidates = 2;

    private static readonly PredictionMode[] Modes = [PredictionMode.Dc, PredictionMode.Tm, PredictionMode.Vertical, PredictionMode.Horizontal];

    private readonly EdgePrediction _edgesOfU = new();
    private readonly EdgePrediction _edgesOfV = new();
    private readonly float[] _estimates = new float[4];
    private BlockPlan _best = new(Blocks);
    private BlockPlan _next = new(Blocks);

    /// <summary>Finds the best mode and its levels.</summary>
    /// <param name="context">Which neighbors have coefficients.</param>
    /// <returns>Eight blocks, U first; valid until the next call.</returns>
    public BlockPlan Choose(NonzeroContext context)
    {
        Span<byte> left = stackalloc byte[Macroblock.ChromaSize];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = state.Buffer.ULeft(i);
        }

        _edgesOfU.Set(state.Buffer.UAbove, left, state.HasAbove, state.HasLeft);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = state.Buffer.VLeft(i);
        }

        _edgesOfV.Set(state.Buffer.VAbove, left, state.HasAbove, state.HasLeft);
        foreach (PredictionMode mode in Modes)
        {
            _estimates[(int)mode] = Estimate(mode) + (state.Quantizer.MagnitudePrice * ModeCosts.OfChroma(mode));
        }

        _best.Cost = float.MaxValue;
        for (int i = 0; i < Candidates; i++)
        {
            int mode = MacroblockLuma.IndexOfLeast(_estimates);
            _estimates[mode] = float.MaxValue;
            Code((PredictionMode)mode, context, _next);
            if (_next.Cost < _best.Cost)
            {
                (_best, _next) = (_next, _best);
            }
        }

        return _best;
    }

    /// <summary>Makes the samples of a plan in the state's buffer.</summary>
    /// <returns>The blocks' bits of <see cref="Residual.Kinds"/>.</returns>
    public ulong Make(BlockPlan plan)
    {
        ulong kinds = 0;
        for (int block = 0; block < Blocks; block++)
        {
            int index = EncodedFrame.FirstChroma + block;
            kinds |= (ulong)state.Dequantize(index, plan.LevelsOf(block), state.Quantizer.Chroma, plan.Masks[block]) << (2 * index);
        }

        state.Buffer.MakeChroma(plan.Mode, state.HasAbove, state.HasLeft, kinds, state.Coefficients);
        return kinds;
    }

    private CoefficientBlock RestOf(PredictionMode mode, int block) =>
        state.Source[EncodedFrame.FirstChroma + block] - (block < 4 ? _edgesOfU : _edgesOfV).Of(mode, block & 1, (block >> 1) & 1);

    private float Estimate(PredictionMode mode)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        for (int block = 0; block < Blocks; block++)
        {
            CoefficientBlock rest = RestOf(mode, block);
            sum += Vector256.Abs(rest.Upper) + Vector256.Abs(rest.Lower);
        }

        return CoefficientBlock.Sum(sum);
    }

    private void Code(PredictionMode mode, NonzeroContext context, BlockPlan plan)
    {
        BlockCoder coder = new(state.Costs, 2, state.Quantizer.Chroma, state.Quantizer.UnitPrice);
        float cost = state.Quantizer.UnitPrice * ModeCosts.OfChroma(mode);
        for (int block = 0; block < Blocks; block++)
        {
            int index = EncodedFrame.FirstChroma + block;
            cost += coder.Quantize(RestOf(mode, block), 0, context.Of(index), plan.LevelsOf(block), out int mask);
            plan.Masks[block] = (ushort)mask;
            context.Set(index, mask != 0);
        }

        plan.Mode = mode;
        plan.Cost = cost;
        plan.Context = context;
    }
}
