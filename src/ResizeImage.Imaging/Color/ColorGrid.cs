using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// A grid of colors over one, three or four channels (the CLUT of ICC.1:2022 10.10). Tetrahedral interpolation uses 4 of a cell's 8 corners,
/// which keeps the gray axis neutral. For four channels, interpolates at both neighbors along the first and blends, as littleCMS does.
/// </summary>
internal sealed class ColorGrid
{
    /// <summary>Limit of a grid: 4 MiB. The largest in use have 33 points a channel over three, 21 over four.</summary>
    public const int MaxNodes = 1 << 19;

    /// <summary>Four 16-bit samples each, the last one 0: one load, and half the size of floats in the cache.</summary>
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

    /// <summary>Bytes of an instance.</summary>
    public long Memory => _nodes.Length * sizeof(ulong);

    /// <summary>The number of nodes.</summary>
    public int Count => _nodes.Length;

    /// <summary>True if a grid can have this many channels.</summary>
    public static bool Supports(int channels) => channels is 1 or 3 or 4;

    /// <summary>Reads three samples a node. The last coordinate of a node varies fastest.</summary>
    /// <param name="data">Begins with the nodes; may be longer.</param>
    /// <param name="sizes">Grid points of each channel; a supported number of channels (<see cref="Supports"/>).</param>
    /// <param name="bytes">Bytes of a sample, 1 or 2, big-endian.</param>
    /// <returns>Null if a channel has fewer than two points, or there are more nodes than <see cref="MaxNodes"/> or than the data has.</returns>
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

    /// <summary>The color at a position: three floats from 0 to 1, and 1.</summary>
    /// <param name="position">0 to 1 in each channel.</param>
    public Vector128<float> Interpolate(ReadOnlySpan<float> position)
    {
        int node = 0;
        int c = position.Length;
        long third = Locate(position, --c, ref node);
        if (c == 0)
        {
            return Scale(Mix(Node(node), Node(node + Stride(third)), Fraction(third)));
        }

        // Sorted by fraction, the largest first, without a branch: the order is not predictable.
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
    /// Moves to the lower node around a position in one channel. The result is a sort key:
    /// <code>
    /// bit  63 … 32                                  31 … 0
    ///      fraction as the bits of a positive float   distance of the next node
    /// </code>
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

    /// <summary>Adds along the edges from the cell's lowest corner to its highest, in the channel with the largest fraction first.</summary>
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
