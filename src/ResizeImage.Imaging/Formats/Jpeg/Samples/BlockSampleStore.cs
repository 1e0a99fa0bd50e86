using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Stores samples of several blocks, one block in each element of a vector, side by side as bytes.</summary>
internal static class BlockSampleStore
{
    /// <summary>Stores a row of samples.</summary>
    /// <param name="values">The samples of each column, minus 128: 1, 2, 3, 4, 6 or 8 columns.</param>
    /// <param name="samples">Receives the samples of the first block, then those of the second, and so on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ReadOnlySpan<Vector<float>> values, Span<byte> samples)
    {
        switch (values.Length)
        {
            case 1:
                StoreNarrow(Samples(values[0]), 1, samples);
                break;
            case 2:
                StoreNarrow(Pair(values), 2, samples);
                break;
            case 3:
                StoreThree(Pair(values) | (Samples(values[2]) << 16), samples);
                break;
            case 4:
                Vector.AsVectorByte(Four(values)).CopyTo(samples);
                break;
            case 6:
                StoreApart(Four(values), 6, samples);
                StorePairsApart(Pair(values[4..]), 6, samples[4..]);
                break;
            default:
                StoreApart(Four(values), 8, samples);
                StoreApart(Four(values[4..]), 8, samples[4..]);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Four(ReadOnlySpan<Vector<float>> values) => Pair(values) | (Pair(values[2..]) << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Pair(ReadOnlySpan<Vector<float>> values) => Samples(values[0]) | (Samples(values[1]) << 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Samples(Vector<float> values)
    {
        // The level shift of T.81 A.3.1, and one half for rounding.
        Vector<float> shifted = values + new Vector<float>(128.5f);
        return FloatVectors.Truncate(shifted, new Vector<float>(255));
    }

    /// <summary>Packs the lowest 1 or 2 bytes of each element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreNarrow(Vector<int> values, int bytes, Span<byte> samples)
    {
        Vector<ushort> narrow = Vector.Narrow(Vector.AsVectorUInt32(values), Vector.AsVectorUInt32(values));
        if (bytes == 1)
        {
            narrow = Vector.AsVectorUInt16(Vector.Narrow(narrow, narrow));
        }

        MemoryMarshal.AsBytes(new ReadOnlySpan<Vector<ushort>>(in narrow))[..(Vector<int>.Count * bytes)].CopyTo(samples);
    }

    /// <summary>Packs the lowest three bytes of each element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreThree(Vector<int> values, Span<byte> samples)
    {
        var lowest = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        ReadOnlySpan<Vector128<byte>> parts = MemoryMarshal.Cast<Vector<int>, Vector128<byte>>(new ReadOnlySpan<Vector<int>>(in values));
        for (int i = 0; i < parts.Length; i++)
        {
            Vector128<byte> packed = ByteVectors.Shuffle(parts[i], lowest);
            MemoryMarshal.Write(samples[(12 * i)..], packed.AsUInt64().ToScalar());
            MemoryMarshal.Write(samples[((12 * i) + 8)..], packed.AsUInt32().GetElement(2));
        }
    }

    /// <summary>Stores the four bytes of each element at a distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreApart(Vector<int> values, int distance, Span<byte> samples)
    {
        ReadOnlySpan<int> elements = MemoryMarshal.Cast<Vector<int>, int>(new ReadOnlySpan<Vector<int>>(in values));
        for (int i = 0; i < elements.Length; i++)
        {
            MemoryMarshal.Write(samples[(i * distance)..], elements[i]);
        }
    }

    /// <summary>Stores the lowest two bytes of each element at a distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePairsApart(Vector<int> values, int distance, Span<byte> samples)
    {
        ReadOnlySpan<int> elements = MemoryMarshal.Cast<Vector<int>, int>(new ReadOnlySpan<Vector<int>>(in values));
        for (int i = 0; i < elements.Length; i++)
        {
            MemoryMarshal.Write(samples[(i * distance)..], (ushort)elements[i]);
        }
    }
}
