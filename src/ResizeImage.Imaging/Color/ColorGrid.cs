using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// A grid of colors over one, three or four channels (the CLUT of ICC.1:2022 10.10), with tetrahedral interpolation: four of a cell's eight corners
/// have a say, so that grays between gray nodes stay gray. Over four channels it is done at both neighbors in the first and mixed, as littleCMS does.
/// </summary>
internal sealed class ColorGrid
{
    /// <summary>Of one grid: 4 MiB. The largest in use have 33 points a channel over three, 21 over four.</summary>
    public const int MaxNodes = 1 << 19;

    /// <summary>Four 16-bit samples each, the last one 0: loaded at once, and half the size of floats in the cache.</summary>
    private readonly ulong[] _nodes;
    private readonly int[] _last;
    private readonly int[] _strides;

    private ColorGrid(ulong[] nodes, int[] sizes)
    {
        _nodes = nodes;
        _last = Array.ConvertAll(sizes, size => size - 1);
        _strides = new int[sizes.Length];
        int stride = 1;
        for (int c = sizes.Length - 1; c >= 0; c--)
        {
            _strides[c] = stride;
            stride *= sizes[c];
        }
    }

    /// <summary>Bytes that it takes.</summary>
    public long Memory => _nodes.Length * sizeof(ulong);

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Length;

    /// <summary>Whether there can be a grid over as many channels.</summary>
    public static bool CanHave(int channels) => channels is 1 or 3 or 4;

    /// <summary>Reads three samples a node; of the node's places the last varies fastest.</summary>
    /// <param name="data">Begins with the nodes, and may go on.</param>
    /// <param name="sizes">Grid points of each channel; <see cref="CanHave"/> so many channels.</param>
    /// <param name="bytes">1 or 2, big-endian: of a sample.</param>
    /// <returns>Null if a channel has fewer than two points, there are more than <see cref="MaxNodes"/> nodes or more than the data has.</returns>
    public static ColorGrid? Read(ReadOnlySpan<byte> data, int[] sizes, int bytes)
    {
        long count = 1;
        foreach (int size in sizes)
        {
            count *= size;
            if (size < 2 || count > MaxNodes)
            {
                return null;
            }
        }

        if (data.Length < count * 3 * bytes)
        {
            return null;
        }

        ulong[] nodes = new ulong[count];
        Span<ushort> samples = MemoryMarshal.Cast<ulong, ushort>(nodes.AsSpan());
        for (int i = 0, from = 0; i < samples.Length; i += 4)
        {
            for (int c = 0; c < 3; c++, from += bytes)
            {
                samples[i + c] = bytes == 1 ? (ushort)(data[from] * 257) : BinaryPrimitives.ReadUInt16BigEndian(data[from..]);
            }
        }

        return new(nodes, sizes);
    }

    /// <summary>The grid over three channels that leaves them as they are.</summary>
    public static ColorGrid Identity() => Read([0, 0, 0, 0, 0, 255, 0, 255, 0, 0, 255, 255, 255, 0, 0, 255, 0, 255, 255, 255, 0, 255, 255, 255], [2, 2, 2], 1)!;

    /// <summary>The color at a position; three floats from 0 to 1, and 1.</summary>
    /// <param name="position">From 0 to 1 in each channel.</param>
    public Vector128<float> Interpolate(ReadOnlySpan<float> position)
    {
        int node = 0;
        int c = position.Length;
        long third = Locate(position, --c, ref node);
        if (c == 0)
        {
            return Scale(Mix(Node(node), Node(node + Stride(third)), Fraction(third)));
        }

        // Sorted, the largest fraction first, without a branch: which comes first could not be predicted.
        long second = Locate(position, --c, ref node);
        long first = Locate(position, --c, ref node);
        (first, second) = (Math.Max(first, second), Math.Min(first, second));
        (second, third) = (Math.Max(second, third), Math.Min(second, third));
        (first, second) = (Math.Max(first, second), Math.Min(first, second));
        if (c == 0)
        {
            return Scale(Tetrahedral(node, first, second, third));
        }

        long ink = Locate(position, 0, ref node);
        return Scale(Mix(Tetrahedral(node, first, second, third), Tetrahedral(node + Stride(ink), first, second, third), Fraction(ink)));
    }

    /// <summary>
    /// Moves to the lower of the nodes around a position in one channel. The result is ordered by how far the position is from it, to the next:
    /// the bits of a positive float, and in the lower half the distance of the next node.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Locate(ReadOnlySpan<float> position, int channel, ref int node)
    {
        float place = position[channel] * _last[channel];
        int cell = Math.Min((int)place, _last[channel] - 1);
        node += cell * _strides[channel];
        return ((long)BitConverter.SingleToInt32Bits(place - cell) << 32) | (uint)_strides[channel];
    }

    private static float Fraction(long located) => BitConverter.Int32BitsToSingle((int)(located >> 32));

    private static int Stride(long located) => (int)located;

    /// <summary>From the cell's lowest corner to its highest, along the channel with the largest fraction first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Tetrahedral(int node, long first, long second, long third)
    {
        int next = node + Stride(first);
        int nextButOne = next + Stride(second);
        return (Node(node) * (1 - Fraction(first)))
            + (Node(next) * (Fraction(first) - Fraction(second)))
            + (Node(nextButOne) * (Fraction(second) - Fraction(third)))
            + (Node(nextButOne + Stride(third)) * Fraction(third));
    }

    private static Vector128<float> Mix(Vector128<float> low, Vector128<float> high, float fraction) => low + ((high - low) * fraction);

    private static Vector128<float> Scale(Vector128<float> samples) => (samples * (1 / 65535f)).WithElement(3, 1f);

    private Vector128<float> Node(int index) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.CreateScalarUnsafe(_nodes[index]).AsUInt16()).AsInt32());
}
