using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// Trellis quantization: chooses the AC coefficients of each block by rate and distortion. It lowers a coefficient or sets it to zero where the
/// bits that this saves are worth more than the error, by the shortest path through the block's nonzero coefficients (Crouse and Ramchandran,
/// "Joint thresholding and quantizer selection for transform image coding", 1997).
/// </summary>
/// <remarks>
/// The error counts in squared quantization steps, so the tables are also its weights. All sums are of IEEE single precision in a fixed order,
/// so every machine makes the same file. A coefficient has at most three candidates: rounded to nearest, the largest value with one bit less,
/// and 0. A path's cost in bits is:
/// <code>
/// sum over coefficients (exact - chosen)^2 / lambda + bits of its codes, of ZRL, of EOB, and additional bits
/// </code>
/// The node of a coefficient is the cheapest path on which it is the last one that is not zero. A node needs only its cost minus the errors of
/// all coefficients up to it as zeros: this difference and the bits of the next code tell the cheapest predecessor.
/// </remarks>
internal sealed class TrellisQuantizer
{
    private readonly float[] _inverseSteps = new float[64];
    private readonly AcBits _bits;

    // By node, in the order of the coefficients. Node 0 is the DC coefficient.
    private readonly int[] _positions = new int[64]; // in zig-zag order
    private readonly float[] _costs = new float[64]; // minus the errors of zeros
    private readonly short[] _values = new short[64];
    private readonly int[] _previous = new int[64]; // the node before it on its path

    /// <param name="steps">64 quantization steps, in rows.</param>
    /// <param name="code">The Huffman code of AC coefficients.</param>
    public TrellisQuantizer(ReadOnlySpan<byte> steps, HuffmanEncoder code)
    {
        for (int k = 0; k < _inverseSteps.Length; k++)
        {
            _inverseSteps[k] = 1f / (8 * steps[ZigZag.NaturalOrder[k]]);
        }

        _bits = new AcBits(code);
    }

    /// <summary>What a bit is worth in squared quantization steps, for Y, and for Cb and Cr.</summary>
    private static ReadOnlySpan<float> Lambdas => [0.056f, 0.07f];

    /// <summary>
    /// Quantizes all components again, with the lengths of the Huffman codes that are optimal after plain quantization. A second pass with the
    /// new lengths gains less than 0.1 %, and so does a trellis over DC coefficients.
    /// </summary>
    public static void Run(EncoderComponent[] components, WorkMeter? work)
    {
        int[][] counts = [new int[256], new int[256]];
        float[] lambdas = new float[components[0].Blocks];
        for (int i = components.Length - 1; i >= 0; i--)
        {
            CountSymbols(components[i], counts[components[i].Table], lambdas);
        }

        ApplyMasking(lambdas);
        TrellisQuantizer? quantizer = null;
        for (int i = 0; i < components.Length; i++)
        {
            work?.Check();
            EncoderComponent component = components[i];
            if (i < 2)
            {
                // Cb and Cr share their tables.
                quantizer = new TrellisQuantizer(component.Steps, new HuffmanEncoder(counts[component.Table]));
            }

            for (int b = 0; b < component.Blocks; b++)
            {
                Span<short> quantized = component.Coefficients.AsSpan(64 * b, 64);
                quantizer!.Choose(component.Transformed.AsSpan(64 * b, 64), quantized, component.Table == 0 ? lambdas[b] : Lambdas[1]);
            }
        }
    }

    /// <summary>Chooses the AC coefficients of a block.</summary>
    /// <param name="exact">64 coefficients times 8 before quantization, in rows.</param>
    /// <param name="quantized">In: the coefficients rounded to nearest, in zig-zag order. Out: the chosen ones. DC stays.</param>
    /// <param name="lambda">What a bit is worth in squared quantization steps, above 0.</param>
    public void Choose(ReadOnlySpan<short> exact, Span<short> quantized, float lambda)
    {
        ulong nonZero = EncoderScan.NonZero(quantized) & ~1UL;
        if (nonZero == 0)
        {
            return;
        }

        // Coefficients that round to zero are zero on every path, so they are no nodes.
        float inverseLambda = 1 / lambda;
        var positions = new UncheckedSpan<int>(_positions);
        var costs = new UncheckedSpan<float>(_costs);
        costs[0] = 0;
        int kept = 0;
        int count = 1;
        for (; nonZero != 0; nonZero &= nonZero - 1, count++)
        {
            int k = BitOperations.TrailingZeroCount(nonZero) & 63;
            int nearest = ScanSymbols.Magnitude(quantized[k]);
            float magnitude = ScanSymbols.Magnitude(exact[ZigZag.NaturalOrder[k]]) * _inverseSteps[k];
            float error = (magnitude - nearest) * (magnitude - nearest) * inverseLambda;
            float cost = FindPath(count, kept, k, nearest, magnitude, error, inverseLambda);
            float errorOfZero = magnitude * magnitude * inverseLambda;
            positions[count] = k;
            costs[count] = cost - errorOfZero;

            // No path without this node is cheaper if its error as zero exceeds all bits that this could save. The best path
            // has the last such node, so the run before the next one begins after it at the earliest, and costs count from it.
            if (errorOfZero - error > _bits.Most(ScanSymbols.Size(nearest), k - positions[kept] - 1))
            {
                costs[count] = 0;
                kept = count;
            }
        }

        Follow(count, kept, quantized);
    }

    /// <summary>Finds the cheapest path to a node, and the node's value on it.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="kept">The last node before it that is on the best path.</param>
    /// <param name="position">Its position in zig-zag order.</param>
    /// <param name="nearest">Its magnitude, rounded to nearest.</param>
    /// <param name="magnitude">Its exact magnitude in quantization steps.</param>
    /// <param name="error">The error of <paramref name="nearest"/>, in bits.</param>
    /// <param name="inverseLambda">Bits per squared quantization step.</param>
    /// <returns>The cost of the path, minus the errors of all nodes before this one as zeros.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float FindPath(int node, int kept, int position, int nearest, float magnitude, float error, float inverseLambda)
    {
        int size = ScanSymbols.Size(nearest);
        int lower = (1 << (size - 1)) - 1;
        float errorOfLower = (magnitude - lower) * (magnitude - lower) * inverseLambda;
        UncheckedSpan<float> bits = _bits.Table;
        var positions = new UncheckedSpan<int>(_positions);
        var costs = new UncheckedSpan<float>(_costs);
        int ofNearest = AcBits.Index(size, position - 1);
        int ofLower = AcBits.Index(size - 1, position - 1);
        float least = float.PositiveInfinity;
        int previous = kept;
        for (int i = node - 1; i >= kept; i--)
        {
            int at = positions[i];
            float cost = costs[i] + Math.Min(error + bits[ofNearest - at], errorOfLower + bits[ofLower - at]);
            if (cost < least)
            {
                least = cost;
                previous = i;
            }
        }

        int before = positions[previous];
        _previous[node] = previous;
        _values[node] = (short)(error + bits[ofNearest - before] <= errorOfLower + bits[ofLower - before] ? nearest : lower);
        return least;
    }

    /// <summary>Finds the node after which the block ends at the lowest cost, and stores the values on the path to it.</summary>
    private void Follow(int count, int kept, Span<short> quantized)
    {
        int last = count - 1;
        float least = _costs[last] - (_positions[last] == 63 ? _bits.EndOfBlock : 0);
        for (int i = last - 1; i >= kept; i--)
        {
            if (_costs[i] < least)
            {
                least = _costs[i];
                last = i;
            }
        }

        // Nodes that are not on the path become zero.
        for (int i = count - 1; i > 0; i--)
        {
            ref short coefficient = ref quantized[_positions[i] & 63];
            if (i != last)
            {
                coefficient = 0;
                continue;
            }

            int sign = coefficient >> 15;
            coefficient = (short)((_values[i] ^ sign) - sign);
            last = _previous[i];
        }
    }

    /// <summary>Counts the symbols of the AC coefficients (T.81 F.1.2.2), and sums up the squares of each block's.</summary>
    private static void CountSymbols(EncoderComponent component, int[] counts, float[] energies)
    {
        for (int b = 0; b < component.Blocks; b++)
        {
            ReadOnlySpan<short> block = component.Block(b);
            int energy = 0;
            int next = 1;
            for (ulong nonZero = EncoderScan.NonZero(block) & ~1UL; nonZero != 0; nonZero &= nonZero - 1)
            {
                int k = BitOperations.TrailingZeroCount(nonZero) & 63;
                int value = block[k];
                int run = k - next;
                counts[AcBits.Zrl] += run >> 4;
                counts[(byte)(run << 4) | ScanSymbols.Size(ScanSymbols.Magnitude(value))]++;
                energy += value * value;
                next = k + 1;
            }

            counts[AcBits.EndOfBlockSymbol] += next < 64 ? 1 : 0;
            energies[b] = energy;
        }
    }

    /// <summary>
    /// Replaces the energy of each block's AC coefficients by lambda. Texture hides errors (contrast masking), so lambda has a factor: the energy
    /// in relation to the mean of all blocks, to the power of 3/8. At equal SSIMULACRA2 it saves 2 % of the bytes; for Cb and Cr it saves nothing.
    /// </summary>
    private static void ApplyMasking(float[] energies)
    {
        const float EnergyOfFlatBlock = 5.7f;
        const float MostFactor = 4;
        double sum = 0;
        foreach (ref float block in energies.AsSpan())
        {
            // Square roots are exact on every machine, Math.Pow is not.
            float fourthRoot = MathF.Sqrt(MathF.Sqrt(block + EnergyOfFlatBlock));
            block = fourthRoot * MathF.Sqrt(fourthRoot);
            sum += block;
        }

        float inverseMean = (float)(energies.Length / sum);
        foreach (ref float block in energies.AsSpan())
        {
            block = Lambdas[0] * Math.Clamp(block * inverseMean, 1 / MostFactor, MostFactor);
        }
    }
}
