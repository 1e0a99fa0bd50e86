using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Formats.Hevc.Prediction;

/// <summary>Intra prediction of a block (H.265 8.4.4.2).</summary>
/// <param name="hasStrongSmoothing">strong_intra_smoothing_enabled_flag.</param>
internal sealed class IntraPredictor(bool hasStrongSmoothing)
{
    private readonly NeighborSamples _neighbors = new();
    private readonly AngularPredictor _angular = new();

    /// <summary>Predicts a block in place.</summary>
    /// <param name="first">The block's first sample.</param>
    /// <param name="stride">Samples from row to row.</param>
    /// <param name="above">The sample above the first one.</param>
    /// <param name="log2Size">Log2 of the block's size.</param>
    /// <param name="mode">predModeIntra, see <see cref="IntraMode"/>.</param>
    /// <param name="available">Which neighbors are available.</param>
    /// <param name="isLuma">The block is luma, whose first row and column are smoothed in some modes.</param>
    /// <param name="hasSmoothing">Neighbors may be smoothed: luma, and chroma of 4:4:4.</param>
    /// <param name="bits">Bits of a sample.</param>
    public void Predict(
        ref ushort first,
        int stride,
        ref ushort above,
        int log2Size,
        int mode,
        NeighborAvailability available,
        bool isLuma,
        bool hasSmoothing,
        int bits)
    {
        int size = 1 << log2Size;
        _neighbors.Read(ref first, stride, ref above, size, available, bits);
        if (hasSmoothing && IntraMode.IsSmoothed(mode, log2Size))
        {
            _neighbors.Smooth(size, hasStrongSmoothing && isLuma, bits);
        }

        bool smoothsEdges = isLuma && log2Size < 5;
        switch (mode)
        {
            case IntraMode.Planar:
                Planar(ref first, stride, log2Size, bits);
                break;
            case IntraMode.Dc:
                Dc(ref first, stride, log2Size, smoothsEdges);
                break;
            default:
                _angular.Predict(_neighbors, ref first, stride, log2Size, mode, smoothsEdges, bits);
                break;
        }
    }

    /// <summary>8.4.4.2.4.</summary>
    private void Planar(ref ushort first, int stride, int log2Size, int bits)
    {
        const int MaxBitsOfVectors = 10; // 64 times a sample fits in 16 bits
        ushort[] left = _neighbors.Left;
        ushort[] top = _neighbors.Top;
        int size = 1 << log2Size;
        if (size == 4 || bits > MaxBitsOfVectors)
        {
            for (int y = 0; y < size; y++)
            {
                ref ushort row = ref Unsafe.Add(ref first, y * stride);
                for (int x = 0; x < size; x++)
                {
                    int sum = ((size - 1 - x) * left[y + 1]) + ((x + 1) * top[size + 1]) + ((size - 1 - y) * top[x + 1]) + ((y + 1) * left[size + 1]);
                    Unsafe.Add(ref row, x) = (ushort)((sum + size) >> (log2Size + 1));
                }
            }

            return;
        }

        Vector128<ushort> indices = Vector128.Create((ushort)0, 1, 2, 3, 4, 5, 6, 7);
        for (int x = 0; x < size; x += 8)
        {
            // Weights of the left sample in the row, and the sum of what does not depend on it, which changes by the same amount from row to row.
            Vector128<ushort> ofLeft = Vector128.Create((ushort)(size - 1 - x)) - indices;
            Vector128<ushort> above = Vector128.LoadUnsafe(ref top[1 + x]);
            Vector128<ushort> below = Vector128.Create(left[size + 1]);
            Vector128<ushort> sum = ((indices + Vector128.Create((ushort)(x + 1))) * top[size + 1])
                + (above * (ushort)(size - 1)) + below + Vector128.Create((ushort)size);
            Vector128<ushort> step = below - above;
            ref ushort target = ref Unsafe.Add(ref first, x);
            for (int y = 1; y <= size; y++)
            {
                ((sum + (ofLeft * left[y])) >> (log2Size + 1)).StoreUnsafe(ref target);
                sum += step;
                target = ref Unsafe.Add(ref target, stride);
            }
        }
    }

    /// <summary>8.4.4.2.5.</summary>
    private void Dc(ref ushort first, int stride, int log2Size, bool smoothsEdges)
    {
        ushort[] left = _neighbors.Left;
        ushort[] top = _neighbors.Top;
        int size = 1 << log2Size;
        int sum = size;
        for (int i = 1; i <= size; i++)
        {
            sum += left[i] + top[i];
        }

        int mean = sum >> (log2Size + 1);
        for (int y = 0; y < size; y++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, y * stride), size).Fill((ushort)mean);
        }

        if (!smoothsEdges)
        {
            return;
        }

        for (int i = 1; i < size; i++)
        {
            Unsafe.Add(ref first, i) = (ushort)((top[i + 1] + (3 * mean) + 2) >> 2);
            Unsafe.Add(ref first, i * stride) = (ushort)((left[i + 1] + (3 * mean) + 2) >> 2);
        }

        first = (ushort)((left[1] + (2 * mean) + top[1] + 2) >> 2);
    }
}
