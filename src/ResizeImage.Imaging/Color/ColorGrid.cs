using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Color;

/// <summary>
/// A grid of colours over one to four channels (the CLUT of ICC.1:2022 10.10), with tetrahedral interpolation; over four channels that is the
/// same in pentachora: one node more than channels has a say, instead of all corners of the cell.
/// </summary>
internal sealed class ColorGrid
{
    /// <summary>Of one grid: 4 MiB. The largest in use have 33 points a channel over three, 21 over four.</summary>
    public const int MaxNodes = 1 << 19;

    /// <summary>The most channels that a position may have.</summary>
    public const int MaxChannels = 4;

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

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Length;

    /// <summary>Reads three samples a node; of the node's places the last varies fastest.</summary>
    /// <param name="data">Begins with the nodes, and may go on.</param>
    /// <param name="sizes">Grid points of each channel.</param>
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

    /// <summary>The colour at a position; three floats from 0 to 1, and 1.</summary>
    /// <param name="position">From 0 to 1 in each channel.</param>
    public Vector128<float> Interpolate(ReadOnlySpan<float> position)
    {
        Span<float> fractions = stackalloc float[MaxChannels];
        Span<int> strides = stackalloc int[MaxChannels];
        int node = 0;
        for (int c = 0; c < _last.Length; c++)
        {
            float place = position[c] * _last[c];
            int cell = Math.Min((int)place, _last[c] - 1);
            float fraction = place - cell;
            node += cell * _strides[c];

            // Sorted from the largest fraction down, as they come.
            int i = c;
            for (; i > 0 && fractions[i - 1] < fraction; i--)
            {
                fractions[i] = fractions[i - 1];
                strides[i] = strides[i - 1];
            }

            fractions[i] = fraction;
            strides[i] = _strides[c];
        }

        // From the cell's lowest corner to its highest, along the channel with the largest fraction first.
        Vector128<float> sum = Node(node) * (1 - fractions[0]);
        for (int i = 0; i < _last.Length; i++)
        {
            node += strides[i];
            float next = i + 1 < _last.Length ? fractions[i + 1] : 0;
            sum += Node(node) * (fractions[i] - next);
        }

        return (sum * (1 / 65535f)).WithElement(3, 1f);
    }

    private Vector128<float> Node(int index) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.CreateScalarUnsafe(_nodes[index]).AsUInt16()).AsInt32());
}
