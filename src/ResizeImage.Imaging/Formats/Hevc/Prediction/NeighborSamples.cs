using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Hevc.Prediction;

/// <summary>The samples around a block from which it is predicted (H.265 8.4.4.2.2 and 8.4.4.2.3).</summary>
internal sealed class NeighborSamples
{
    private const int MaxSize = 32;

    /// <summary>Vectors may read past the last sample.</summary>
    private const int Padding = 32;

    private ushort[] _filteredLeft = new ushort[(2 * MaxSize) + 1 + Padding];
    private ushort[] _filteredTop = new ushort[(2 * MaxSize) + 1 + Padding];

    /// <summary>Element 0 is the sample above left, p[−1][−1]; then the 2 · size samples to the left, from the top.</summary>
    public ushort[] Left { get; private set; } = new ushort[(2 * MaxSize) + 1 + Padding];

    /// <summary>Element 0 is the sample above left, p[−1][−1]; then the 2 · size samples above, from the left.</summary>
    public ushort[] Top { get; private set; } = new ushort[(2 * MaxSize) + 1 + Padding];

    /// <summary>Reads the samples, and substitutes those that are not available.</summary>
    /// <param name="first">The block's first sample.</param>
    /// <param name="stride">Samples from row to row.</param>
    /// <param name="above">The sample above the first one.</param>
    /// <param name="size">The block's size.</param>
    /// <param name="available">Which neighbors are available.</param>
    /// <param name="bits">Bits of a sample.</param>
    public void Read(ref ushort first, int stride, ref ushort above, int size, NeighborAvailability available, int bits)
    {
        ref ushort left = ref MemoryMarshal.GetArrayDataReference(Left);
        ref ushort top = ref MemoryMarshal.GetArrayDataReference(Top);
        ref ushort column = ref Unsafe.Subtract(ref first, 1);
        for (int i = 1; i <= available.Left; i++)
        {
            Unsafe.Add(ref left, i) = column;
            column = ref Unsafe.Add(ref column, stride);
        }

        if (available.Above)
        {
            MemoryMarshal.CreateReadOnlySpan(ref above, size).CopyTo(Top.AsSpan(1));
        }

        if (available.AboveRight > 0)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref above, size), available.AboveRight).CopyTo(Top.AsSpan(1 + size));
        }

        if (available.Corner)
        {
            left = Unsafe.Subtract(ref above, 1);
        }

        Substitute(size, available, bits);
        top = left;
    }

    /// <summary>The smoothing of neighbors (8.4.4.2.3).</summary>
    /// <param name="size">The block's size.</param>
    /// <param name="isStrongAllowed">strong_intra_smoothing_enabled_flag in a luma block.</param>
    /// <param name="bits">Bits of a sample.</param>
    public void Smooth(int size, bool isStrongAllowed, int bits)
    {
        if (isStrongAllowed && size == MaxSize && IsNearlyLinear(Left, bits) && IsNearlyLinear(Top, bits))
        {
            Interpolate(Left);
            Interpolate(Top);
            return;
        }

        ushort corner = (ushort)((Left[1] + (2 * Left[0]) + Top[1] + 2) >> 2);
        Smooth(Left, _filteredLeft, 2 * size);
        Smooth(Top, _filteredTop, 2 * size);
        (_filteredLeft[0], _filteredTop[0]) = (corner, corner);
        (Left, _filteredLeft) = (_filteredLeft, Left);
        (Top, _filteredTop) = (_filteredTop, Top);
    }

    /// <summary>From the lowest sample to the left up and then to the right, each missing sample repeats the one before it.</summary>
    private void Substitute(int size, NeighborAvailability available, int bits)
    {
        Span<ushort> left = Left;
        Span<ushort> top = Top;
        int lefts = available.Left;
        if (lefts == 0)
        {
            ushort first = available.Corner ? left[0]
                : available.Above ? top[1]
                : available.AboveRight > 0 ? top[1 + size]
                : (ushort)(1 << (bits - 1));
            left.Slice(1, 2 * size).Fill(first);
        }
        else if (lefts < 2 * size)
        {
            left[(lefts + 1)..((2 * size) + 1)].Fill(left[lefts]);
        }

        if (!available.Corner)
        {
            left[0] = left[1];
        }

        if (!available.Above)
        {
            top.Slice(1, size).Fill(left[0]);
        }

        int above = size + available.AboveRight;
        if (above < 2 * size)
        {
            top[(above + 1)..((2 * size) + 1)].Fill(top[above]);
        }
    }

    private static void Smooth(ushort[] source, ushort[] target, int last)
    {
        for (int i = 1; i < last; i++)
        {
            target[i] = (ushort)((source[i - 1] + (2 * source[i]) + source[i + 1] + 2) >> 2);
        }

        target[last] = source[last];
    }

    private static bool IsNearlyLinear(ushort[] samples, int bits) =>
        Math.Abs(samples[0] + samples[2 * MaxSize] - (2 * samples[MaxSize])) < 1 << (bits - 5);

    /// <summary>Bilinear interpolation between the first and the last sample.</summary>
    private static void Interpolate(ushort[] samples)
    {
        int first = samples[0];
        int last = samples[2 * MaxSize];
        for (int i = 1; i < 2 * MaxSize; i++)
        {
            samples[i] = (ushort)((((64 - i) * first) + (i * last) + 32) >> 6);
        }
    }
}
