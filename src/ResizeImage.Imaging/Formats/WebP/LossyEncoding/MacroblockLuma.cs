using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Codes the luma of a macroblock by one prediction for all of it (RFC 6386, 12.2), with the DC coefficients in a Y2 block.</summary>
internal sealed class MacroblockLuma(MacroblockState state)
{
    private const int Blocks = 16;
    private const int Y2 = 16;

    private static readonly PredictionMode[] Modes = [PredictionMode.Dc, PredictionMode.Tm, PredictionMode.Vertical, PredictionMode.Horizontal];

    private readonly EdgePrediction _edges = new();
    private readonly float[] _estimates = new float[4];
    private readonly BlockPlan _plan = new(Blocks + 1);

    /// <summary>Finds the best mode and its levels.</summary>
    /// <param name="context">Which neighbors have coefficients.</param>
    /// <returns>Seventeen blocks, Y2 last; valid until the next call.</returns>
    public BlockPlan Choose(NonzeroContext context)
    {
        Span<byte> left = stackalloc byte[Macroblock.LumaSize];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = state.Buffer.LumaLeft(i);
        }

        _edges.Set(state.Buffer.LumaAbove, left, state.HasAbove, state.HasLeft);
        foreach (PredictionMode mode in Modes)
        {
            _estimates[(int)mode] = Estimate(mode) + (state.Quantizer.MagnitudePrice * ModeCosts.OfLuma(mode));
        }

        Code((PredictionMode)IndexOfLeast(_estimates), context, _plan);
        return _plan;
    }

    /// <summary>Makes the samples of a plan in the state's buffer.</summary>
    /// <returns>The blocks' bits of <see cref="Residual.Kinds"/>.</returns>
    public ulong Make(BlockPlan plan)
    {
        Span<short> y2 = stackalloc short[Residual.BlockSize];
        ReadOnlySpan<short> levels = plan.LevelsOf(Y2);
        BlockQuantizer quantizer = state.Quantizer.Y2;
        for (int i = 0; i < y2.Length; i++)
        {
            y2[i] = (short)(levels[i] * (i == 0 ? quantizer.Dc : quantizer.Ac));
        }

        ulong kinds = 0;
        for (int block = 0; block < Blocks; block++)
        {
            kinds |= (ulong)state.Dequantize(block, plan.LevelsOf(block), state.Quantizer.Y, plan.Masks[block]) << (2 * block);
        }

        InverseWht.Transform(y2, state.Coefficients);
        for (int block = 0; block < Blocks; block++)
        {
            if (((kinds >> (2 * block)) & 3) == 0 && state.Coefficients[block * Residual.BlockSize] != 0)
            {
                kinds |= 1UL << (2 * block);
            }
        }

        state.Buffer.MakeLuma(plan.Mode, state.HasAbove, state.HasLeft, kinds, state.Coefficients);
        return kinds;
    }

    /// <summary>The index of the least number.</summary>
    internal static int IndexOfLeast(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] < values[best] ? i : best;
        }

        return best;
    }

    /// <summary>The sum of magnitudes of what has to be coded.</summary>
    private float Estimate(PredictionMode mode)
    {
        Span<float> dcs = stackalloc float[Blocks];
        Vector256<float> sum = Vector256<float>.Zero;
        for (int block = 0; block < Blocks; block++)
        {
            CoefficientBlock rest = state.Source[block] - _edges.Of(mode, block & 3, block >> 2);
            dcs[block] = rest.Dc;
            sum += Vector256.Abs(rest.Upper.WithElement(0, 0)) + Vector256.Abs(rest.Lower);
        }

        CoefficientBlock y2 = TransformDcs(dcs);
        return CoefficientBlock.Sum(sum) + (y2.SumOfMagnitudes() / 2);
    }

    private void Code(PredictionMode mode, NonzeroContext context, BlockPlan plan)
    {
        BlockCoder coder = new(state.Costs, 0, state.Quantizer.Y, state.Quantizer.UnitPrice);
        Span<float> dcs = stackalloc float[Blocks];
        float cost = state.Quantizer.UnitPrice * ModeCosts.OfLuma(mode);
        for (int block = 0; block < Blocks; block++)
        {
            CoefficientBlock rest = state.Source[block] - _edges.Of(mode, block & 3, block >> 2);
            dcs[block] = rest.Dc;
            cost += coder.Quantize(rest, 1, context.Of(block), plan.LevelsOf(block), out int mask);
            plan.Masks[block] = (ushort)mask;
            context.Set(block, mask != 0);
        }

        // A squared difference in Y2 is a quarter of that in the DC coefficients together.
        const float Share = 0.25f;
        BlockCoder coderOfY2 = new(state.Costs, 1, state.Quantizer.Y2, state.Quantizer.UnitPrice / Share);
        cost += Share * coderOfY2.Quantize(TransformDcs(dcs), 0, context.Of(EncodedFrame.Y2), plan.LevelsOf(Y2), out int maskOfY2);
        plan.Masks[Y2] = (ushort)maskOfY2;
        context.Set(EncodedFrame.Y2, maskOfY2 != 0);
        plan.Mode = mode;
        plan.Cost = cost;
        plan.Context = context;
    }

    /// <summary>The Walsh-Hadamard transform of DC coefficients, the inverse of <see cref="InverseWht"/>.</summary>
    private static CoefficientBlock TransformDcs(Span<float> dcs)
    {
        for (int i = 0; i < 4; i++)
        {
            Butterfly(ref dcs[4 * i], ref dcs[(4 * i) + 1], ref dcs[(4 * i) + 2], ref dcs[(4 * i) + 3], 1);
        }

        for (int i = 0; i < 4; i++)
        {
            Butterfly(ref dcs[i], ref dcs[4 + i], ref dcs[8 + i], ref dcs[12 + i], 0.5f);
        }

        return new(Vector256.Create<float>(dcs), Vector256.Create<float>(dcs[8..]));
    }

    private static void Butterfly(ref float a, ref float b, ref float c, ref float d, float scale)
    {
        float outer = a + d;
        float inner = b + c;
        float outerDifference = a - d;
        float innerDifference = b - c;
        a = (outer + inner) * scale;
        b = (outerDifference + innerDifference) * scale;
        c = (outer - inner) * scale;
        d = (outerDifference - innerDifference) * scale;
    }
}
